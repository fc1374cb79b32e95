/** The promise that a person never waits behind a campaign. */
@NullMarked
package io.lsqroutes.it.persons;

import org.jspecify.annotations.NullMarked;
