using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Support;

/// <summary>Keeps secrets readable, for tests that are about something else.</summary>
internal sealed class PlainSecrets : ISecretProtector
{
    public string Protect(string plainText) => "protected:" + plainText;

    public string Unprotect(string protectedText) => protectedText["protected:".Length..];
}
