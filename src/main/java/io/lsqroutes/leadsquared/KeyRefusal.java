package io.lsqroutes.leadsquared;

/** A call that was answered 401, and the account's keys that it carried. */
record KeyRefusal(ApiCall call, PortalKeys carried, Verdict verdict) {}
