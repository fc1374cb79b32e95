/** The sign-in of one event's person: how far it has come, how often it may be made, and what a refusal means. */
@NullMarked
package io.lsqroutes.leadsquared.signin;

import org.jspecify.annotations.NullMarked;
