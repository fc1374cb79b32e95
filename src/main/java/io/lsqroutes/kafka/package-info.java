/** How the bundle reaches Kafka, and how it is a member of its consumer group. */
@NullMarked
package io.lsqroutes.kafka;

import org.jspecify.annotations.NullMarked;
