using System.Management.Automation;
using System.Net;
using System.Security;
using ReportScheduler.Secrets;

namespace ReportScheduler.Commands;

/// <summary>Takes a secret as a SecureString or a credential, or a reference to one as text. A secret
/// in plain text is refused: it would stay in the history of the shell.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => NotGiven.Unwrapped(inputData) switch
    {
        PSCredential credential => credential.Password,
        string text when string.IsNullOrWhiteSpace(text) => NotGiven.EmptyCell,
        string text when SecretReference.IsSecret(text) => Kept(text),
        string => throw Refused(),
        var other => other,
    };

    private static SecureString Kept(string reference) => new NetworkCredential("", reference).SecurePassword;

    private static ArgumentTransformationMetadataException Refused()
    {
        var problem = CommandErrors.SecretInPlainText();
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }
}
