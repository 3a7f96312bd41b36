using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace ReportScheduler.Host;

/// <summary>Writes the streams as <c>pwsh</c> does, and asks the person at the terminal when there is one.</summary>
internal sealed class ConsoleUserInterface(bool nonInteractive) : PSHostUserInterface
{
    private readonly ConsolePrompt prompt = new(nonInteractive);
    private readonly ProgressLine progress = new();

    /// <summary>Whether lines go to standard error: while the engine formats an error for us.</summary>
    public bool WritesErrors { get; set; }

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleScreen();

    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb" && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    public override void Write(string value)
    {
        progress.Hide();
        var (writer, redirected) = WritesErrors ? (Console.Error, Console.IsErrorRedirected) : (Console.Out, Console.IsOutputRedirected);
        writer.Write(SupportsVirtualTerminal && !redirected ? value : Plain(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Coloured(PSStyle.Instance.Foreground.FromConsoleColor(foregroundColor), value));

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        progress.Hide();
        Console.Error.WriteLine(SupportsVirtualTerminal && !Console.IsErrorRedirected ? Coloured(PSStyle.Instance.Formatting.Error, value) : Plain(value));
    }

    public override void WriteWarningLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Warning, $"WARNING: {message}"));

    public override void WriteVerboseLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Verbose, $"VERBOSE: {message}"));

    public override void WriteDebugLine(string message) => WriteLine(Coloured(PSStyle.Instance.Formatting.Debug, $"DEBUG: {message}"));

    public override void WriteProgress(long sourceId, ProgressRecord record) => progress.Show(record);

    public void EndProgress() => progress.Hide();

    public override string ReadLine()
    {
        progress.Hide();
        return prompt.Line("");
    }

    public override SecureString ReadLineAsSecureString()
    {
        progress.Hide();
        return prompt.Secret("");
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        progress.Hide();
        return prompt.Fields(caption, message, descriptions);
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        progress.Hide();
        return prompt.Choice(caption, message, choices, defaultChoice);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        progress.Hide();
        return prompt.Credential(caption, message, userName);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private string Coloured(string style, string text) => SupportsVirtualTerminal ? $"{style}{text}{PSStyle.Instance.Reset}" : text;
}
