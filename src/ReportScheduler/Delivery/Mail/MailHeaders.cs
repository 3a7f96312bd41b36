using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Headers with letters beyond ASCII in the form that every mail program reads.</summary>
/// <remarks>
/// MimeKit makes encoded words of more than the 75 characters that RFC 2047 allows, and cuts an emoji in the name of a file in two.
/// A file has its name in both fashions: RFC 2231 in Content-Disposition, and encoded words in Content-Type, which Outlook reads.
/// </remarks>
internal static class MailHeaders
{
    private const string Prefix = "=?utf-8?b?";

    /// <summary>The bytes of one encoded word: 60 letters of base64, and 72 with what is round them.</summary>
    private const int BytesOfWord = 45;

    /// <summary>The bytes of the first: a line with encoded words has 76 letters at most (RFC
    /// 2047, section 2), and on its line is the field's name.</summary>
    private const int BytesOfFirstWord = 39;

    /// <summary>The bytes of one part of a parameter: with its name a line of less than 78.</summary>
    private const int BytesOfPart = 18;

    /// <summary>Writes the subject, the people and the names of the files of a message anew where they are not plain.</summary>
    public static void Encode(MimeMessage message)
    {
        if (!Ascii.IsValid(message.Subject ?? ""))
        {
            Write(message.Headers, HeaderId.Subject, Words(message.Subject!, "\n "));
        }

        foreach (var (field, people) in new[] { (HeaderId.From, message.From), (HeaderId.To, message.To), (HeaderId.Cc, message.Cc),
            (HeaderId.ReplyTo, message.ReplyTo) })
        {
            if (people.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.Name ?? "")))
            {
                Write(message.Headers, field, string.Join(",\n ", people.Mailboxes.Select(Person)));
            }
        }

        foreach (var part in message.BodyParts.Where(part => part.ContentType.Name is { } name && !Ascii.IsValid(name)))
        {
            Name(part, part.ContentType.Name!);
        }
    }

    /// <summary>Says to which list a mail belongs (RFC 2919), by which people sort their mail.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="name">The name of the list, for people.</param>
    /// <param name="id">Its id, which stays the same: labels with dots between them.</param>
    public static void List(MimeMessage message, string name, string id)
    {
        message.Headers.Add(HeaderId.ListId, id);
        Write(message.Headers, HeaderId.ListId, $"{(Ascii.IsValid(name) ? MimeUtils.Quote(name) : Words(name, "\n "))}\n <{id}>");
    }

    private static string Person(MailboxAddress mailbox) => string.IsNullOrEmpty(mailbox.Name) || Ascii.IsValid(mailbox.Name)
        ? mailbox.ToString(encode: true)
        : $"{Words(mailbox.Name, "\n ")}\n <{mailbox.GetAddress(idnEncode: true)}>";

    private static void Name(MimeEntity part, string name)
    {
        var others = string.Concat(part.ContentType.Parameters.Where(parameter => parameter.Name != "name")
            .Select(parameter => $";\n\t{parameter.Name}={MimeUtils.Quote(parameter.Value)}"));
        Write(part.Headers, HeaderId.ContentType, $"{part.ContentType.MimeType}{others};\n\tname=\"{Words(name, "\n\t")}\"");
        if (part.ContentDisposition is { } disposition)
        {
            var parts = Cut(name, BytesOfPart, BytesOfPart)
                .Select((text, number) => $";\n\tfilename*{number}*={(number == 0 ? "utf-8''" : "")}{Uri.EscapeDataString(text)}");
            Write(part.Headers, HeaderId.ContentDisposition, $"{disposition.Disposition}{string.Concat(parts)}");
        }
    }

    private static void Write(HeaderList headers, HeaderId field, string value) =>
        headers[headers.IndexOf(field)].SetRawValue(Encoding.ASCII.GetBytes($" {value}\n"));

    /// <summary>The text in encoded words; what is between two of them is no part of it.</summary>
    private static string Words(string text, string between) =>
        string.Join(between,
            Cut(text, BytesOfFirstWord, BytesOfWord).Select(part => $"{Prefix}{Convert.ToBase64String(Encoding.UTF8.GetBytes(part))}?="));

    /// <summary>Cuts between letters, never in one.</summary>
    private static IEnumerable<string> Cut(string text, int first, int most)
    {
        var (start, end, bytes) = (0, 0, 0);
        var room = first;
        foreach (var letter in text.EnumerateRunes())
        {
            if (bytes + letter.Utf8SequenceLength > room)
            {
                yield return text[start..end];
                (start, bytes, room) = (end, 0, most);
            }

            (end, bytes) = (end + letter.Utf16SequenceLength, bytes + letter.Utf8SequenceLength);
        }

        yield return text[start..end];
    }
}
