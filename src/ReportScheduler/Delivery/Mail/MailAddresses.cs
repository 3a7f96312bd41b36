using MimeKit;
using ReportScheduler.Templates;

namespace ReportScheduler.Delivery.Mail;

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
        text ??= "";
        var plain = Trim(text);
        var reason =
            plain.Length == 0 ? "it is empty"
            : plain.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029')
            ? "it has a line end or another control character"
            : plain.FirstOrDefault(IsInvisible) is var hidden and not '\0'
            ? $"it has the invisible character U+{(int)hidden:X4}; write it anew"
            : null;
        if (reason is not null)
        {
            throw MailErrors.AddressNotUsable(text, reason);
        }

        if (!MailboxAddress.TryParse(Strict, plain, out var address))
        {
            throw MailErrors.AddressNotUsable(text, Reason(plain));
        }

        return address.LocalPart.Length > 64 || address.Address.Length > 254
            ? throw MailErrors.AddressNotUsable(text, "it is longer than mail allows")
            : address;
    }

    /// <summary>Whether a valid address has a domain that is no name of the internet. An address
    /// literal, such as [192.0.2.1], and localhost are meant so.</summary>
    public static bool IsLocal(string text) =>
        !IsTemplate(text) && MailboxAddress.TryParse(Strict, Trim(text), out var address) && address.Domain is var domain
        && !domain.Contains('.', StringComparison.Ordinal) && !domain.StartsWith('[')
        && !domain.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without space and invisible characters around it, which come along when an address is copied.</summary>
    public static string Trim(string text)
    {
        static bool IsEdge(char letter) => char.IsWhiteSpace(letter) && letter is not ('\r' or '\n') || IsInvisible(letter);
        var (start, end) = (0, text.Length);
        while (start < end && IsEdge(text[start]))
        {
            start++;
        }

        while (end > start && IsEdge(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>The addresses of a text as Outlook copies it: with semicolons or commas
    /// between them, and with commas in names without quotes.</summary>
    /// <returns>Each as <see cref="Parse"/> takes it; one that it will not take as it is.</returns>
    public static IReadOnlyList<string> Split(string text)
    {
        var trimmed = Trim(text);
        if (MailboxAddress.TryParse(Strict, trimmed, out _) || trimmed.Any(char.IsControl) || IsTemplate(trimmed))
        {
            return [trimmed];
        }

        var found = new List<string>();
        foreach (var part in Parts(trimmed, ';'))
        {
            var name = "";
            foreach (var piece in Parts(part, ','))
            {
                // what has no @ is the beginning of a name: Doe, Jane <jane@example.com>
                name = name.Length == 0 ? piece : $"{name}, {piece}";
                if (piece.Contains('@', StringComparison.Ordinal))
                {
                    found.Add(WithQuotes(name));
                    name = "";
                }
            }

            if (name.Length > 0)
            {
                found.Add(name);
            }
        }

        return found.Count == 0 ? [trimmed] : found;
    }

    /// <summary>Whether the address is made for each part of a split report.</summary>
    public static bool IsTemplate(string text) => ReportTemplate.IsMeant(text);

    // between the separators, but not within quotes
    private static IEnumerable<string> Parts(string text, char separator)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
            {
                isQuoted = !isQuoted;
            }

            if (i == text.Length || text[i] == separator && !isQuoted)
            {
                if (Trim(text[start..i]) is { Length: > 0 } part)
                {
                    yield return part;
                }

                start = i + 1;
            }
        }
    }

    private static string WithQuotes(string text) =>
        !MailboxAddress.TryParse(Strict, text, out _) && text.IndexOf('<', StringComparison.Ordinal) is > 0 and var address
            && MailboxAddress.TryParse(Strict, text[address..], out _) && !text[..address].Contains('"', StringComparison.Ordinal)
            ? $"\"{text[..address].Trim()}\" {text[address..]}"
            : text;

    // joiners shape letters of names; everything else of this kind only hides
    private static bool IsInvisible(char letter) =>
        letter is not ('\u200C' or '\u200D') && char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format;

    private static string Reason(string text) =>
        !text.Contains('@', StringComparison.Ordinal) ? "it has no @"
        : text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts
            && parts.All(part => MailboxAddress.TryParse(Strict, part, out _))
            ? "it is more than one address"
        : text.IndexOf('<', StringComparison.Ordinal) is > 0 and var address && MailboxAddress.TryParse(Strict, text[address..], out _)
            ? $"such a name needs quotes, \"{text[..address].Trim().Replace("\"", "", StringComparison.Ordinal)}\" {text[address..]}"
        : "its parts do not fit together";
}
