using Azure.Identity;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Identities;

namespace ReportScheduler.Tests.Identities;

/// <summary>Refusals of Entra ID and Exchange Online: id, category, target and the cure.</summary>
public sealed class EntraProblemTests
{
    private static readonly ReportIdentity Corp =
        new() { Name = "corp", TenantId = "contoso.com", ClientId = "11111111-2222-3333-4444-555555555555" };

    [Theory]
    [InlineData(7000215, "IdentitySecretWrong", ReportErrorCategory.AuthenticationError, "Set-ReportIdentity -ClientSecret")]
    [InlineData(7000222, "IdentitySecretExpired", ReportErrorCategory.AuthenticationError, "Make a new one under 'Certificates & secrets'")]
    [InlineData(700016, "IdentityClientUnknown", ReportErrorCategory.AuthenticationError,
        "'contoso.com' has no application '11111111-2222-3333-4444-555555555555'")]
    [InlineData(700027, "IdentityCertificateUnknown", ReportErrorCategory.AuthenticationError, "Upload its public part")]
    [InlineData(90002, "IdentityTenantUnknown", ReportErrorCategory.AuthenticationError, "There is no tenant 'contoso.com'")]
    [InlineData(65001, "IdentityConsentMissing", ReportErrorCategory.PermissionDenied, "'Grant admin consent'")]
    [InlineData(501051, "IdentityConsentMissing", ReportErrorCategory.PermissionDenied, "application permission")]
    [InlineData(500011, "IdentityScopeUnknown", ReportErrorCategory.InvalidArgument,
        "does not know 'https://graph.microsoft.com/.default'")]
    [InlineData(700212, "IdentityNotFederated", ReportErrorCategory.AuthenticationError, "federated credential")]
    [InlineData(90033, "IdentityBusy", ReportErrorCategory.ResourceBusy, "The token service of the report identity")]
    public void A_code_of_Entra_ID_has_an_error_of_its_own(int code, string id, ReportErrorCategory category, string words)
    {
        var problem = EntraProblem.Of(Corp, "https://graph.microsoft.com/.default", new AuthenticationFailedException(
            $"A configuration issue. Original exception: AADSTS{code}: Words. Trace ID: 1 Correlation ID: 2 Timestamp: 3"));
        Assert.Equal((id, category, (object)"corp"), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith($": AADSTS{code}: Words.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "MailSmtpAuthSwitchedOff",
        ReportErrorCategory.PermissionDenied, "switched off for the tenant")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
        "MailSmtpAuthSwitchedOff", ReportErrorCategory.PermissionDenied, "Set-CASMailbox")]
    [InlineData("550: 5.7.30 Basic authentication is not supported for Client Submission", "MailBasicAuthSwitchedOff",
        ReportErrorCategory.AuthenticationError, "New-ReportIdentity")]
    [InlineData("554: 5.2.252 SendAsDenied", "MailSendAsDenied", ReportErrorCategory.PermissionDenied, "Add-RecipientPermission")]
    public void A_refusal_of_Exchange_Online_has_an_error_of_its_own(string answer, string id, ReportErrorCategory category, string words)
    {
        var problem = MailLoginProblem.Of(new ReportMailServer { Name = "office", SmtpHost = "smtp.office365.com", From = "r@example.com" },
            new InvalidOperationException(answer))!;
        Assert.Equal((id, category), (problem.ErrorId, problem.Category));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.ErrorTarget);
    }

    [Fact]
    public void A_token_that_Exchange_Online_refuses_names_the_two_commands()
    {
        var problem = MailErrors.MailTokenRefused("smtp.office365.com", "corp", Corp.ClientId, "r@example.com",
            "535: 5.7.3 Authentication unsuccessful", new InvalidOperationException());
        Assert.Equal(("MailTokenRefused", ReportErrorCategory.AuthenticationError), (problem.ErrorId, problem.Category));
        Assert.Contains("New-ServicePrincipal", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Add-MailboxPermission", problem.Message, StringComparison.Ordinal);
        Assert.Contains("535: 5.7.3", problem.Message, StringComparison.Ordinal);
    }
}
