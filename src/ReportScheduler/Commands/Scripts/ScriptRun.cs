using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ReportScheduler.Files;
using ReportScheduler.Rows;

namespace ReportScheduler.Commands.Scripts;

/// <summary>One run of a script in a runspace of its own, whose objects go into a queue.</summary>
/// <remarks>A script that does not end when it is told to is left to itself, on a
/// thread that does not keep the process from ending.</remarks>
internal sealed class ScriptRun : IDisposable
{
    private const int MostErrors = 20;

    // as much as PowerShell gives its own threads
    private const int Stack = 10_000_000;

    /// <summary>How long a script has to end after it was told to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // relative paths are the same for a person at a prompt and for a service
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"report-script-{Guid.NewGuid():n}");
    private readonly string dataset;
    private readonly SourceTalk talk;
    private readonly ScriptHost host;
    private readonly Runspace runspace;
    private readonly PowerShell shell;
    private readonly CancellationTokenSource over = new();
    private readonly ObjectShaper shaper;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? script;
    private Thread? stopper;
    private ReportException? question;
    private ProcessSurroundings? surroundings;
    private int errors;

    /// <param name="dataset">What the dataset is called.</param>
    /// <param name="modules">The modules that are imported first.</param>
    /// <param name="talk">Hears what the script says beside its objects.</param>
    /// <param name="cancel">Stops opening the runspace.</param>
    public ScriptRun(string dataset, IReadOnlyList<string> modules, SourceTalk talk, CancellationToken cancel)
    {
        (this.dataset, this.talk) = (dataset, talk);
        host = new ScriptHost(talk.Tell, Refuse);
        shaper = new ObjectShaper(talk.Warn);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([.. modules]);
        // the one that PowerShell has writes to the terminal of the process
        state.Commands.Remove("Clear-Host", typeof(SessionStateFunctionEntry));
        state.Commands.Add(new SessionStateFunctionEntry("Clear-Host",
            "Write-Warning 'Clear-Host does nothing here: the script of a report has no screen.'"));
        state.ThrowOnRunspaceOpenError = true;
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        try
        {
            Task.Run(runspace.Open, CancellationToken.None).WaitAsync(cancel).GetAwaiter().GetResult();
        }
        catch (Exception problem) when (problem is RuntimeException)
        {
            runspace.Dispose();
            throw ScriptErrors.ScriptModuleNotFound(dataset, modules, problem);
        }

        PrivateFile.CreateFolder(folder);
        runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(folder));
        shell = PowerShell.Create();
        shell.Runspace = runspace;
    }

    /// <summary>The objects of the script.</summary>
    public ObjectQueue Objects { get; } = new();

    /// <summary>Starts the script.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="parameters">Its variables, which its param block takes as well.</param>
    /// <exception cref="ReportException">It is no PowerShell, or a variable cannot have that name.</exception>
    public void Start(string text, IReadOnlyList<ReportParameter> parameters)
    {
        var body = ScriptText.Check(dataset, text);
        var declared = ScriptText.Parameters(body);
        var taken = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            var value = ScriptValue.Of(parameter);
            Set(parameter.Name, value);
            if (declared.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            {
                taken[parameter.Name] = value;
            }
        }

        if (ScriptText.Needed(body).FirstOrDefault(name => !taken.ContainsKey(name)) is { } missing)
        {
            throw ScriptErrors.ScriptParameterMissing(dataset, missing);
        }

        shell.AddScript(ScriptBody.Text).AddParameter("ReportScript", body.GetScriptBlock()).AddParameter("ReportParameters", taken);
        shell.AddCommand(new CmdletInfo("Out-ReportRow", typeof(ScriptOutputCommand)))
            .AddParameter(nameof(ScriptOutputCommand.Taker), (Func<PSObject, bool>)Take);
        Listen();
        surroundings = ProcessSurroundings.Keep();
        // a thread of the pipeline's own would keep the process from ending
        script = new Thread(Run, Stack) { IsBackground = true, Name = $"Script {dataset}" };
        script.Start();
    }

    public void Dispose()
    {
        over.Cancel();
        if (script is not null && !ended.Task.IsCompleted)
        {
            Stop();
        }

        if (script is not null && !(ended.Task.Wait(Grace) && stopper?.Join(Grace) != false))
        {
            talk.Tell?.Invoke($"The script of '{dataset}' did not stop when it was told to. It goes on in this process until it ends by "
                + "itself, and its objects are dropped.");
            surroundings?.Dispose();
            return;
        }

        shell.Dispose();
        runspace.Dispose();
        Objects.Dispose();
        over.Dispose();
        RemoveFolder();
    }

    private void RemoveFolder()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // a program that the script left running is in it
        }
    }

    private void Set(string name, object? value)
    {
        try
        {
            runspace.SessionStateProxy.SetVariable(name, value);
        }
        catch (SessionStateException problem)
        {
            throw ScriptErrors.ScriptParameterNotUsable(dataset, name, problem);
        }
    }

    private bool Take(PSObject given)
    {
        if (ObjectShaper.IsFormat(given))
        {
            throw ScriptErrors.ScriptGaveFormat(dataset);
        }

        try
        {
            foreach (var item in ObjectShaper.Items(given))
            {
                Objects.Add(shaper.Row(item), over.Token);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Listen()
    {
        shell.Streams.Error.DataAdded += (_, _) =>
        {
            foreach (var record in shell.Streams.Error.ReadAll())
            {
                // the question that ends it is its error, and nothing that it went on from
                if (question is null && ++errors <= MostErrors)
                {
                    talk.Warn?.Invoke($"The script of '{dataset}' had an error{ScriptErrors.Where(record)} and went on: {record}");
                }
            }
        };
        shell.Streams.Warning.DataAdded += (_, _) =>
        {
            foreach (var record in shell.Streams.Warning.ReadAll())
            {
                talk.Warn?.Invoke($"The script of '{dataset}' warns: {record.Message}");
            }
        };
        shell.Streams.Information.DataAdded += (_, _) =>
        {
            foreach (var record in shell.Streams.Information.ReadAll().Where(record => !record.Tags.Contains("PSHOST")))
            {
                talk.Tell?.Invoke($"{record.MessageData}");
            }
        };
        shell.Streams.Verbose.DataAdded += (_, _) => shell.Streams.Verbose.Clear();
        shell.Streams.Debug.DataAdded += (_, _) => shell.Streams.Debug.Clear();
        shell.Streams.Progress.DataAdded += (_, _) => shell.Streams.Progress.Clear();
    }

    // what PowerShell starts itself for that would keep the process from ending as well
    private void Stop()
    {
        stopper = new Thread(() =>
        {
            try
            {
                shell.Stop();
            }
#pragma warning disable CA1031 // A script that ends while it is stopped is what was wanted.
            catch (Exception)
            {
            }
#pragma warning restore CA1031
        })
        { IsBackground = true, Name = $"Stop {dataset}" };
        stopper.Start();
    }

    private void Run()
    {
        Exception? problem = null;
        try
        {
            shell.Invoke();
        }
#pragma warning disable CA1031 // Whatever a script throws is the end of its objects, and the reader's to tell.
        catch (Exception thrown)
        {
            problem = thrown;
        }
#pragma warning restore CA1031

        surroundings?.Dispose();
        End(problem);
        ended.SetResult();
    }

    /// <summary>Nobody answers: the script is stopped, because it would go on without the answer.</summary>
    private void Refuse(string asked)
    {
        question ??= ScriptErrors.ScriptAsks(asked);
        Stop();
        throw question;
    }

    private void End(Exception? problem)
    {
        ((ScriptUserInterface)host.UI).End();
        if (errors > MostErrors)
        {
            talk.Warn?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"The script of '{dataset}' had {errors:N0} errors in all, of which the first {MostErrors} are told."));
        }

        if (over.IsCancellationRequested)
        {
            Objects.Complete(new OperationCanceledException());
        }
        else if (question is not null)
        {
            Objects.Complete(question);
        }
        else if (problem is not null)
        {
            Objects.Complete(ScriptErrors.Of(dataset, problem));
        }
        else
        {
            Objects.Complete(host.ExitCode is { } code and not 0 ? ScriptErrors.ScriptExited(dataset, code) : null);
        }
    }
}
