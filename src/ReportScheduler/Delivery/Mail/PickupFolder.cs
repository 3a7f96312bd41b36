using MimeKit;
using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Delivery.Mail;

/// <summary>A folder from which another program takes messages, as .eml files.</summary>
internal static class PickupFolder
{
    /// <summary>Makes the folder when it is missing, as any folder of the account: another account may
    /// have to take the messages from it. One that exists keeps its rights.</summary>
    /// <exception cref="ReportException">It cannot be made.</exception>
    public static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(folder, problem.Message, problem);
        }
    }

    /// <summary>Looks whether a message can be put in the folder, and makes nothing.</summary>
    /// <exception cref="ReportException">It cannot.</exception>
    public static void Check(string folder) => Guard(folder, () => WritableFolder.Try(folder));

    /// <summary>Puts a message in the folder, whole or not at all. Sent again, it takes its own place.</summary>
    /// <param name="message">The message; blind copies, which a server would have in the
    /// envelope, stand in its Bcc header, which pickup services remove.</param>
    /// <param name="blindCopies">Those of the recipients.</param>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <exception cref="ReportException">It could not be written.</exception>
    public static void Put(MimeMessage message, IEnumerable<string> blindCopies, string folder)
    {
        message.Bcc.AddRange(blindCopies.Select(address => new MailboxAddress(null, address)));
        var name = SafeName.Of(message.MessageId ?? "");
        var fresh = Path.Combine(folder, $".{Guid.NewGuid():n}.tmp");
        Guard(folder, () =>
        {
            Directory.CreateDirectory(folder);
            try
            {
                message.WriteTo(fresh);
                File.Move(fresh, Path.Combine(folder, $"{name}.eml"), overwrite: true);
            }
            finally
            {
                File.Delete(fresh);
            }
        });
    }

    private static void Guard(string folder, Action use)
    {
        try
        {
            use();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw MailErrors.DropFailed(folder, problem);
        }
    }
}
