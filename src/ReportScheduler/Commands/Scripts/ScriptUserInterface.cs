using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace ReportScheduler.Commands.Scripts;

/// <summary>Passes on the lines that a script writes, and refuses its questions.</summary>
/// <param name="tell">Gets each line; null to drop it.</param>
/// <param name="refuse">Gets each question, and throws.</param>
internal sealed class ScriptUserInterface(Action<string>? tell, Action<string> refuse) : PSHostUserInterface
{
    private const int Longest = 4000;
    private readonly StringBuilder line = new();

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ScriptScreen(refuse);

    /// <inheritdoc/>
    public override void Write(string value)
    {
        foreach (var letter in value)
        {
            if (letter == '\n')
            {
                End();
            }
            else if (letter != '\r' && line.Length < Longest)
            {
                line.Append(letter);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteLine(value);

    // warnings are taken from their stream
    /// <inheritdoc/>
    public override void WriteWarningLine(string message)
    {
    }

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message)
    {
    }

    /// <inheritdoc/>
    public override void WriteDebugLine(string message)
    {
    }

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        Refused<Dictionary<string, PSObject>>(
            // an ampersand marks a key of a dialog
            descriptions is not [var first, ..] ? message
                : first.Label is { Length: > 0 } label ? label.Replace("&", "", StringComparison.Ordinal) : first.Name);

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        Refused<int>(message);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        Refused<PSCredential>(message);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        Refused<PSCredential>(message);

    /// <inheritdoc/>
    public override string ReadLine() => Refused<string>("Read-Host");

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => Refused<SecureString>("Read-Host -AsSecureString");

    private T Refused<T>(string question)
    {
        refuse(question);
        return default!;
    }

    /// <summary>Passes on what was written without a line end.</summary>
    public void End()
    {
        if (line.ToString().TrimEnd() is { Length: > 0 } text)
        {
            tell?.Invoke(text);
        }

        line.Clear();
    }
}
