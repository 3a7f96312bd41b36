using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ReportScheduler.Tests.Support;

internal sealed class RecordingUserInterface : PSHostUserInterface
{
    public List<string> Lines { get; } = [];

    public Queue<string> Answers { get; } = new();

    public override PSHostRawUserInterface? RawUI => null;

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Answer(field.Name)));

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Lines.Add($"{caption} {message}");
        var answer = Answer(message);
        return choices.ToList().FindIndex(choice => choice.Label.Replace("&", "", StringComparison.Ordinal) == answer);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        new(Answer(message), ReadLineAsSecureString());

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    public override string ReadLine() => Answer("a line");

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var character in Answer("a secret"))
        {
            secret.AppendChar(character);
        }

        return secret;
    }

    public override void Write(string value) => Lines.Add(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Lines.Add(value);

    public override void WriteLine(string value) => Lines.Add(value);

    public override void WriteErrorLine(string value) => Lines.Add(value);

    public override void WriteDebugLine(string message) => Lines.Add(message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message) => Lines.Add(message);

    public override void WriteWarningLine(string message) => Lines.Add(message);

    private string Answer(string question) => Answers.TryDequeue(out var answer)
        ? answer
        : throw new PSInvalidOperationException($"Nobody is there to answer '{question}'.");
}
