using System.Globalization;
using System.Net;
using ReportScheduler.Definitions;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Secrets;

namespace ReportScheduler.Commands;

/// <summary>Asks for a way to send mail.</summary>
internal sealed class MailServerQuestions(Questions ask, ISecretProtector secrets, Func<string, string> fullPath)
{
    public ReportMailServer Make()
    {
        ask.Say("There is no mail server yet; this one is called 'office'.");
        var server = new ReportMailServer { Name = "office" };
        server.SmtpHost = ask.Line("SMTP host, or none to put mails into a folder", "", answer => answer.Length == 0 ? null : answer);
        if (server.SmtpHost is null)
        {
            server.PickupDirectory = ask.Line("Folder for the mails", "./mail", fullPath);
        }
        else
        {
            Login(server);
        }

        server.From = ask.Line("Sender's address", null, answer =>
        {
            MailAddresses.Check(answer);
            return answer;
        });
        return server;
    }

    private void Login(ReportMailServer server)
    {
        server.Port = ask.Line("Port", $"{server.Port}", answer =>
            int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
            : throw DefinitionErrors.ValueOutOfRange("port", answer, "a number from 1 to 65535"));
        server.UserName = ask.Line("User name", "", answer => answer.Length == 0 ? null : answer);
        if (server.UserName is { } user)
        {
            (server.PasswordReference,
                server.ProtectedPassword) = secrets.Keep(new NetworkCredential("", ask.Secret($"Password of {user}")).Password, fullPath);
        }
    }
}
