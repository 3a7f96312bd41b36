using MimeKit;

namespace ReportScheduler.Delivery;

/// <summary>Mail addresses as people write them.</summary>
internal static class MailAddresses
{
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <exception cref="ReportException">It is not exactly one address.</exception>
    public static void Check(string text) => Parse(text);

    /// <param name="text"><c>ada@example.com</c> or <c>Ada &lt;ada@example.com&gt;</c>.</param>
    /// <exception cref="ReportException">It is not exactly one address.</exception>
    public static MailboxAddress Parse(string text)
    {
        var reason =
            string.IsNullOrWhiteSpace(text) ? "it is empty"
            : text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029') ? "it has a line end or another control character"
            : null;
        if (reason is not null)
        {
            throw ReportError.AddressNotUsable(text ?? "", reason);
        }

        if (!MailboxAddress.TryParse(Strict, text, out var address))
        {
            throw ReportError.AddressNotUsable(text, Reason(text));
        }

        return address.LocalPart.Length > 64 || address.Address.Length > 254
            ? throw ReportError.AddressNotUsable(text, "it is longer than mail allows")
            : address;
    }

    private static string Reason(string text) =>
        !text.Contains('@', StringComparison.Ordinal) ? "it has no @"
        : text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts.All(part => MailboxAddress.TryParse(Strict, part, out _))
            ? "it is more than one address"
        : text.IndexOf('<', StringComparison.Ordinal) is > 0 and var address && MailboxAddress.TryParse(Strict, text[address..], out _)
            ? $"such a name needs quotes, \"{text[..address].Trim().Replace("\"", "", StringComparison.Ordinal)}\" {text[address..]}"
        : "its parts do not fit together";
}
