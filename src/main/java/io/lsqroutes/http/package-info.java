/** The HTTP client: each call is bounded in time, each answer in size, and nothing is decoded by guess. */
@NullMarked
package io.lsqroutes.http;

import org.jspecify.annotations.NullMarked;
