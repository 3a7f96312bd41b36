using ReportScheduler.Delivery.Mail;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("ada@example.com", "", "ada@example.com")]
    [InlineData("Ada Lovelace <ada@example.com>", "Ada Lovelace", "ada@example.com")]
    [InlineData("\"Lovelace, Ada\" <ada@example.com>", "Lovelace, Ada", "ada@example.com")]
    [InlineData("Chloé Ünal 売 <chloe@example.com>", "Chloé Ünal 売", "chloe@example.com")]
    [InlineData("o'hara+reports@mail.example.co.uk", "", "o'hara+reports@mail.example.co.uk")]
    [InlineData("root@localhost", "", "root@localhost")]
    [InlineData("ada@[127.0.0.1]", "", "ada@[127.0.0.1]")]
    [InlineData("ada@bücher.example", "", "ada@bücher.example")]
    public void An_address_is_understood(string text, string name, string address)
    {
        var mailbox = MailAddresses.Parse(text);
        Assert.Equal((name, address), (mailbox.Name, mailbox.Address));
    }

    [Theory]
    // what comes along with a copied address
    [InlineData("\u200Bada@example.com", "ada@example.com")]
    [InlineData("ada@example.com\uFEFF", "ada@example.com")]
    [InlineData(" \u202Aada@example.com\u202C ", "ada@example.com")]
    [InlineData("\u00A0Ada <ada@example.com>\u200E", "ada@example.com")]
    public void Invisible_characters_around_an_address_are_left_away(string text, string address) =>
        Assert.Equal(address, MailAddresses.Parse(text).Address);

    [Theory]
    [InlineData("ada@exam\u200Bple.com", "U+200B")]
    [InlineData("ada\u202E@example.com", "U+202E")]
    [InlineData("Ada\uFEFF <ada@example.com>", "U+FEFF")]
    [InlineData("ada@example.com\u2060 <ada@example.com>", "U+2060")]
    [InlineData("a\u00ADda@example.com", "U+00AD")]
    public void An_invisible_character_within_an_address_is_refused_and_named(string text, string words)
    {
        var message = Assert.Throws<ReportException>(() => MailAddresses.Check(text)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        // one of them would turn the rest of the message
        Assert.DoesNotContain(message, letter => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format);
    }

    [Theory]
    // as Outlook copies them
    [InlineData("Doe, Jane <j@example.com>; Bob <b@example.com>", "\"Doe, Jane\" <j@example.com>|Bob <b@example.com>")]
    [InlineData("Doe, Jane <j@example.com>;Roe, Richard (EU) <r@example.com>;",
        "\"Doe, Jane\" <j@example.com>|\"Roe, Richard (EU)\" <r@example.com>")]
    [InlineData("'Doe, Jane' <j@example.com>", "\"'Doe, Jane'\" <j@example.com>")]
    [InlineData("Doe, Jane <j@example.com>, Bob <b@example.com>", "\"Doe, Jane\" <j@example.com>|Bob <b@example.com>")]
    [InlineData("a@example.com;b@example.com", "a@example.com|b@example.com")]
    [InlineData("a@example.com, b@example.com\uFEFF", "a@example.com|b@example.com")]
    // separators in quotes are none
    [InlineData("\"Doe; Jane, B\" <j@example.com>; b@example.com", "\"Doe; Jane, B\" <j@example.com>|b@example.com")]
    // one is one, and what is none stays as it is, to be refused
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("a@example.com\r\nBcc: eve@example.com; b@example.com", "a@example.com\r\nBcc: eve@example.com; b@example.com")]
    public void Several_addresses_in_a_text_are_several(string text, string expected) =>
        Assert.Equal(expected.Split('|'), MailAddresses.Split(text));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("  ", "it is empty")]
    [InlineData("ada", "it has no @")]
    [InlineData("ada@", "its parts do not fit together")]
    [InlineData("@example.com", "its parts do not fit together")]
    [InlineData("ada@@example.com", "its parts do not fit together")]
    [InlineData("ada@example..com", "its parts do not fit together")]
    [InlineData("ada@exam ple.com", "its parts do not fit together")]
    [InlineData("ada@example.com, bob@example.com", "it is more than one address")]
    [InlineData("ada@example.com;bob@example.com", "it is more than one address")]
    [InlineData("Lovelace, Ada <ada@example.com>", "such a name needs quotes, \"Lovelace, Ada\" <ada@example.com>. Give")]
    [InlineData("Sales (EU), Süd <ada@example.com>", "such a name needs quotes, \"Sales (EU), Süd\" <ada@example.com>. Give")]
    [InlineData("Ada <ada@example.com> <bob@example.com>", "its parts do not fit together")]
    [InlineData("friends: ada@example.com;", "its parts do not fit together")]
    [InlineData("Ada <ada@example.com", "its parts do not fit together")]
    // headers that somebody wants to smuggle in
    [InlineData("ada@example.com\r\nBcc: eve@example.com", "it has a line end or another control character")]
    [InlineData("Ada\nBcc: eve@example.com <ada@example.com>", "it has a line end or another control character")]
    [InlineData("ada@example.com\0", "it has a line end or another control character")]
    [InlineData("Ada\u2028Bcc: x <ada@example.com>", "it has a line end or another control character")]
    // commands of the envelope
    [InlineData("ada@example.com> SIZE=1", "its parts do not fit together")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com", "it is longer than mail allows")]
    public void What_is_no_address_is_refused_with_the_reason(string text, string reason)
    {
        var problem = Assert.Throws<ReportException>(() => MailAddresses.Check(text));
        Assert.Equal(("AddressNotUsable", ReportErrorCategory.InvalidArgument, text),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        // control and invisible characters are not shown as they are
        Assert.StartsWith($"'{string.Concat(text.Where(each => !char.IsControl(each)))}' is not a mail address: ", problem.Message,
            StringComparison.Ordinal);
    }
}
