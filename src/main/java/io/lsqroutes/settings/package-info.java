/** The settings, read and checked once, before anything starts. */
@NullMarked
package io.lsqroutes.settings;

import org.jspecify.annotations.NullMarked;
