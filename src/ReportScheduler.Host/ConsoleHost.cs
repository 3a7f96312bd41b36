using System.Globalization;
using System.Management.Automation.Host;

namespace ReportScheduler.Host;

/// <summary>What the engine sees of this process.</summary>
internal sealed class ConsoleHost(bool nonInteractive) : PSHost
{
    private readonly ConsoleUserInterface userInterface = new(nonInteractive);

    /// <summary>What <c>exit</c> or a cmdlet asked for; null when nobody did.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ReportScheduler.Host";

    public override PSHostUserInterface UI => userInterface;

    public override Version Version => typeof(ConsoleHost).Assembly.GetName().Version!;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <summary>Takes the progress line off the terminal.</summary>
    public void EndProgress() => userInterface.EndProgress();

    /// <summary>Sends what <paramref name="write"/> shows to standard error.</summary>
    public void WriteAsErrors(Action write)
    {
        userInterface.WritesErrors = true;
        write();
        userInterface.WritesErrors = false;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host runs one script and has no prompt to enter.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host runs one script and has no prompt to leave.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
