using System.Management.Automation;
using ReportScheduler.Secrets;

namespace ReportScheduler.Commands;

/// <summary>Takes the forms of a reference to a secret. No value and an empty text pass: they are none, or remove it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretReferenceFormAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (NotGiven.Unwrapped(arguments) is string text && !string.IsNullOrWhiteSpace(text) && !SecretReference.IsSecret(text))
        {
            // what was typed may be the secret itself
            throw new ValidationMetadataException("A reference to a secret is env:NAME, file:PATH, vault:VAULT/NAME, or vault:NAME for "
                + "the default vault. For the password itself use -Credential.");
        }
    }
}
