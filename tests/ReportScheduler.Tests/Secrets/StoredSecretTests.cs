using ReportScheduler.Secrets;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Secrets;

public sealed class StoredSecretTests
{
    private readonly PlainSecrets secrets = new();

    [Theory]
    // a reference is kept as it is; a relative path becomes a full one, a name alone is a credential of systemd
    [InlineData("env:SMTP", "env:SMTP", null)]
    [InlineData("vault:Team/smtp", "vault:Team/smtp", null)]
    [InlineData("file:/etc/secret", "file:/full//etc/secret", null)]
    [InlineData("file:./secret", "file:/full/./secret", null)]
    [InlineData("file:secret", "file:secret", null)]
    // all else is the secret itself
    [InlineData("hunter2", null, "protected:hunter2")]
    [InlineData("", null, "protected:")]
    [InlineData("env:", null, "protected:env:")]
    [InlineData("env:not a name", null, "protected:env:not a name")]
    [InlineData("file:", null, "protected:file:")]
    public void A_secret_is_kept_as_a_reference_or_protected(string given, string? reference, string? kept) =>
        Assert.Equal((reference, kept), secrets.Keep(given, path => "/full/" + path));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "protected:hunter2", "hunter2")]
    [InlineData("file:{0}", null, "from the file")]
    [InlineData("file:{0}", "protected:hunter2", "from the file")]
    public void The_value_is_that_of_the_reference_else_what_is_protected(string? reference, string? kept, string? value)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "from the file\n");
            Assert.Equal(value, secrets.Reveal(reference is null ? null : "file:" + file, kept, envFile: null));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
