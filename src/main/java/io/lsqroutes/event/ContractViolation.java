package io.lsqroutes.event;

/** How a document breaks the contract: a reason code and a place, so that no text of the document can get out with it. */
final class ContractViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String location;

    ContractViolation(String code, String location) {
        super(code + " at " + location, null, false, false);
        this.code = code;
        this.location = location;
    }

    String code() {
        return code;
    }

    String location() {
        return location;
    }
}
