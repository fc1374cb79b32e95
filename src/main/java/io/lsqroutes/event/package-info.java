/** What a record on the event topics asks for, read strictly; knows neither Camel nor Kafka. */
@NullMarked
package io.lsqroutes.event;

import org.jspecify.annotations.NullMarked;
