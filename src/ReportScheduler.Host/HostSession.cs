using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace ReportScheduler.Host;

/// <summary>One PowerShell engine with the module imported, which runs one script or command.</summary>
internal sealed class HostSession : IDisposable
{
    private static readonly string Manifest = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../ReportScheduler/ReportScheduler.psd1"));

    // as pwsh -Command does
    private const string ExitCodeOfTheLastCommand = "\nif (-not $?) { exit 1 }";
    private readonly HostOptions options;
    private readonly ConsoleHost host;
    private readonly Runspace runspace;
    private readonly Lock gate = new();
    private PowerShell? running;
    private bool stopAsked;

    public HostSession(HostOptions options)
    {
        this.options = options;
        host = new ConsoleHost(options.NonInteractive);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
    }

    /// <summary>Whether the pipeline ended because <see cref="Stop"/> was called, and nobody chose another exit code.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Runs what the options say, with its output on the terminal.</summary>
    /// <returns>The exit code: of <c>exit</c>, 1 after a terminating error, else 0.</returns>
    public int Run()
    {
        if (!options.NoModule && !Import())
        {
            return 1;
        }

        var succeeded = options.ScriptPath is { } path ? RunScript(path) : RunText(options.Command!);
        return host.ExitCode ?? (succeeded ? 0 : 1);
    }

    /// <summary>Asks the pipeline to stop, from any thread, and returns at once.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopAsked = true;
            running?.BeginStop(null, null);
        }
    }

    public void Dispose() => runspace.Dispose();

    private bool Import()
    {
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", Manifest);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return Execute(import);
    }

    private bool RunScript(string path)
    {
        if (!File.Exists(path))
        {
            host.UI.WriteErrorLine($"There is no script '{path}'. Give the path of a .ps1 file, or -Command and PowerShell text.");
            return false;
        }

        var ast = Parser.ParseFile(Path.GetFullPath(path), out _, out var errors);
        if (ShowAny(errors))
        {
            return false;
        }

        // as a function, so that `exit` ends the session with its code: in a called file it would only end the file
        var name = Path.GetFileName(path);
        runspace.SessionStateProxy.InvokeProvider.Item.Set([$"function:{name}"], ast.GetScriptBlock(), force: true, literalPath: true);
        var script = new Command(name);
        foreach (var argument in options.Arguments)
        {
            script.Parameters.Add(argument.Name, argument.Value);
        }

        return Execute(script);
    }

    private bool RunText(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return !ShowAny(errors) && Execute(new Command(text + ExitCodeOfTheLastCommand, isScript: true));
    }

    private bool ShowAny(ParseError[] errors)
    {
        if (errors.Length > 0)
        {
            Show(new ParseException(errors).ErrorRecord);
        }

        return errors.Length > 0;
    }

    private bool Execute(Command command)
    {
        using var shell = PowerShell.Create(runspace);
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        lock (gate)
        {
            if (stopAsked)
            {
                return false;
            }

            running = shell;
        }

        try
        {
            shell.Invoke();
            Stopped = shell.InvocationStateInfo.State == PSInvocationState.Stopped && host.ExitCode is null;
            return !Stopped;
        }
        catch (PipelineStoppedException)
        {
            Stopped = host.ExitCode is null;
            return false;
        }
        catch (RuntimeException problem)
        {
            Show(problem.ErrorRecord);
            return false;
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }

            host.EndProgress();
        }
    }

    private void Show(ErrorRecord error)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", error);
        host.WriteAsErrors(() => shell.Invoke());
    }
}
