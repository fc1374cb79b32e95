/** What Camel's routes need beside Camel's own parts. */
@NullMarked
package io.lsqroutes.route;

import org.jspecify.annotations.NullMarked;
