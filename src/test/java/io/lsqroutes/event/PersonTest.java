package io.lsqroutes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import org.junit.jupiter.api.Test;

class PersonTest {
    private static final Person ADA = new EmailAddress("ada@example.com");

    @Test
    void isTheSamePersonHoweverTheAddressIsWritten() {
        assertThat(new EmailAddress("Ada@Example.COM").identity()).isEqualTo(ADA.identity());
    }

    @Test
    void isTheSamePersonWhenTheEmailAddressIsGivenAsASearchKey() {
        assertThat(new SearchKey("EmailAddress", "ada@example.com").identity()).isEqualTo(ADA.identity());
        assertThat(new SearchKey("emailaddress", "ADA@example.com").identity()).isEqualTo(ADA.identity());
    }

    @Test
    void isAnotherPersonUnderAnotherAddressOrField() {
        assertThat(new EmailAddress("grace@example.com").identity()).isNotEqualTo(ADA.identity());
        assertThat(new SearchKey("mx_Second_Email", "ada@example.com").identity())
                .isNotEqualTo(ADA.identity());
    }

    @Test
    void keepsTheAddressAsItWasWrittenForTheCall() {
        assertThat(new EmailAddress("Ada@Example.COM").value()).isEqualTo("Ada@Example.COM");
    }

    @Test
    void doesNotPrintWhoItIs() {
        assertThat(ADA).hasToString("EmailAddress[***]");
        assertThat(new SearchKey("Phone", "+14-157415569")).hasToString("SearchKey[Phone=***]");
    }
}
