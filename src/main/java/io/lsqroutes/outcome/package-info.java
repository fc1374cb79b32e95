/** What became of one event, as it stands on the results topic; knows neither Camel nor Kafka. */
@NullMarked
package io.lsqroutes.outcome;

import org.jspecify.annotations.NullMarked;
