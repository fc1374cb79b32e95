package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Verdict;

/** A call that was answered 401, and the account's keys that it carried. */
public record Unauthorized(CallKind call, PortalKeys carried, Verdict verdict) {}
