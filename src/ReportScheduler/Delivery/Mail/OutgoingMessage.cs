using MailKit.Net.Smtp;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The saved message of a delivery, in the form that the server takes: whole, with its
/// files zipped, or with the places of the files in their stead.</summary>
/// <param name="delivery">The mail.</param>
/// <param name="drops">The file drops of the same run.</param>
/// <param name="server">Host and port, for messages.</param>
internal sealed class OutgoingMessage(ReportDelivery delivery, IReadOnlyCollection<ReportDelivery> drops, string server)
{
    private MessageForm form;

    /// <summary>How the message goes out in another way than it was made; null when it does not.</summary>
    public string? Note => form == MessageForm.WithoutFiles
        ? $"The files are too large for the mail server '{server}': the mail says where their copies are."
        : null;

    /// <summary>The message, from the file: a try at sending may have changed it.</summary>
    /// <exception cref="ReportException">It cannot be read, or lacks a file that it was made for.</exception>
    public MimeMessage Load()
    {
        var message = Read();
        if (form == MessageForm.Zipped)
        {
            MessageSize.Zip(message);
        }
        else if (form == MessageForm.WithoutFiles)
        {
            MessageSize.RemoveFiles(message, Places);
        }

        return message;
    }

    /// <summary>The message in the largest form that a known limit allows.</summary>
    /// <param name="limit">Bytes; null when the server does not say.</param>
    /// <exception cref="ReportException">No form fits; both sizes are named, and what to do that is not done already.</exception>
    public (MimeMessage Message, long Size) Fit(long? limit)
    {
        while (true)
        {
            var message = Load();
            var size = MessageSize.Measure(message);
            if (limit is not { } most || size <= most)
            {
                return (message, size);
            }

            if (!CanShrink)
            {
                throw MailErrors.MessageTooLarge(server, size, most, drops, form == MessageForm.WithoutFiles || delivery.Files.Length == 0);
            }

            form++;
        }
    }

    /// <summary>Takes the next smaller form after the server refused this one as too large (552, or 5.3.4 and 5.2.3 of RFC 3463).</summary>
    /// <returns>False when that was not the reason.</returns>
    /// <exception cref="ReportException">That was the reason, and there is no smaller form.</exception>
    public bool Shrink(SmtpCommandException refusal)
    {
        if (!IsTooLarge(refusal))
        {
            return false;
        }

        Shrink($"{(int)refusal.StatusCode} {MailErrors.Said(refusal.Message)}", refusal);
        return true;
    }

    /// <summary>Takes the next smaller form after the server refused this one as too large.</summary>
    /// <param name="said">What it said.</param>
    /// <param name="refusal">What was thrown; null for nothing.</param>
    /// <exception cref="ReportException">There is no smaller form.</exception>
    public void Shrink(string said, Exception? refusal)
    {
        if (!CanShrink)
        {
            throw MailErrors.MessageRefusedAsTooLarge(server, said, refusal, drops,
                form == MessageForm.WithoutFiles || delivery.Files.Length == 0);
        }

        form++;
    }

    private string[] Places => [.. drops.Where(drop => drop.State == DeliveryState.Sent).SelectMany(drop => drop.DroppedFiles)];

    private bool CanShrink => delivery.Files.Length > 0 && (form == MessageForm.Whole || (form == MessageForm.Zipped && Places.Length > 0));

    private static bool IsTooLarge(SmtpCommandException refusal)
    {
        var code = (int)refusal.StatusCode;
        var words = refusal.Message.TrimStart();
        return words.StartsWith("5.3.4", StringComparison.Ordinal) || words.StartsWith("5.2.3", StringComparison.Ordinal)
            // 5.2.2 is a mailbox that is full
            || (code == 552 && !(words.Length > 2 && words[0] == '5' && words[1] == '.'));
    }

    private MimeMessage Read()
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(delivery.MessagePath ?? "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw MailErrors.MessageNotReadable(delivery.MessagePath ?? "", problem);
        }

        var carried = message.Attachments.OfType<MimePart>().Where(part => part.Content is { Stream.Length: > 0 })
            .Select(part => part.FileName).ToHashSet(StringComparer.Ordinal);
        var missing = delivery.Files.FirstOrDefault(file => !carried.Contains(Path.GetFileName(file)));
        return missing is null ? message : throw MailErrors.AttachmentMissing(missing);
    }
}
