using System.Globalization;
using System.Management.Automation.Host;

namespace ReportScheduler.Tests.Support;

/// <summary>A host whose terminal is a list of lines and a queue of answers.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface userInterface = new();

    public List<string> Lines => userInterface.Lines;

    public Queue<string> Answers => userInterface.Answers;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ReportScheduler.Tests";

    public override PSHostUserInterface UI => userInterface;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => Lines.Add($"exit {exitCode}");
}
