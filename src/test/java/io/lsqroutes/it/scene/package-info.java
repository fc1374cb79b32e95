/**
 * What the tests of whole processes are made of: broker, portal, topics, bundles and processes, and the truth
 * about what came of the events.
 */
@NullMarked
package io.lsqroutes.it.scene;

import org.jspecify.annotations.NullMarked;
