/** What those who run the bundle are told. */
@NullMarked
package io.lsqroutes.ops;

import org.jspecify.annotations.NullMarked;
