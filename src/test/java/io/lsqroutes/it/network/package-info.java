/**
 * The network between the processes of a test: it sees every request and its answer, and can stop, cut or falsify
 * them.
 */
@NullMarked
package io.lsqroutes.it.network;

import org.jspecify.annotations.NullMarked;
