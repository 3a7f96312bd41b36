using System.Globalization;
using System.Management.Automation.Host;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The host of a script: what it writes is a message of the run, and nobody answers what it asks.</summary>
/// <param name="tell">Gets what it writes; null to drop it.</param>
/// <param name="refuse">Gets each question, and throws.</param>
internal sealed class ScriptHost(Action<string>? tell, Action<string> refuse) : PSHost
{
    private readonly ScriptUserInterface userInterface = new(tell, refuse);

    /// <summary>What the script gave to exit; null when it did not end itself.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "ReportScheduler";

    /// <inheritdoc/>
    public override PSHostUserInterface UI => userInterface;

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ScriptHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => refuse("nested prompt");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
