using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ReportScheduler.Tests.Support;

/// <summary>A real runspace with the built module of <c>out/ReportScheduler</c> imported, a folder and a store of its own.</summary>
/// <remarks>
/// <code>
/// using var session = new PowerShellSession();
/// var task = session.Run("New-ReportTask -Name $name -Query 'select 1' -Connection db -PassThru", new { name = "Daily" }).Single();
/// Assert.Equal("Daily", (string)task.Name);                        // output: PSObject, members by name
/// var error = session.Run("Get-ReportTask -Name Dayly").Error();   // one ErrorRecord
/// Assert.Equal("TaskNotFound,ReportScheduler.Commands.GetReportTaskCommand", error.FullyQualifiedErrorId);
/// </code>
/// A script that ends with a terminating error is no exception here: the error is the last of <c>Errors</c> and
/// <c>Terminated</c> is true. What <c>-WhatIf</c> says is in <c>HostLines</c>. A confirmation takes the next of
/// <see cref="Answers"/>; without one it fails as in a job.
/// The module lives in its own load context, as for users: its types are not the ones this project compiles against,
/// so read members by name and never cast to a type of ReportScheduler.
/// Every cmdlet gets <c>-StorePath</c> from <c>$PSDefaultParameterValues</c>; no test shares a store or touches the user's.
/// Only Core cmdlets exist here (no Select-Object, no Out-String).
/// </remarks>
internal sealed class PowerShellSession : IDisposable
{
    private readonly Runspace runspace;
    private readonly RecordingHost host = new();
    private readonly bool ownsFolder;
    private PowerShell? running;

    /// <param name="folder">Current location and place of the store; a new temporary folder when null.</param>
    public PowerShellSession(string? folder = null)
    {
        ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Folder);
        Run("Import-Module $manifest -ErrorAction Stop", new { manifest = BuiltModule.Manifest }).NoErrors();
        runspace.SessionStateProxy.SetVariable("PSDefaultParameterValues",
            new DefaultParameterDictionary(new Hashtable { ["*-Report*:StorePath"] = StorePath }));
    }

    /// <summary>The session's own folder, its current location.</summary>
    public string Folder { get; }

    public string StorePath => Path.Combine(Folder, "store", "reports.db");

    /// <summary>What the person at the terminal types next, for prompts: a label such as <c>Yes</c>, or text.</summary>
    public Queue<string> Answers => host.Answers;

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">PowerShell text.</param>
    /// <param name="variables">An object whose properties become variables of the session.</param>
    public PowerShellResult Run(string script, object? variables = null)
    {
        foreach (var property in variables?.GetType().GetProperties() ?? [])
        {
            runspace.SessionStateProxy.SetVariable(property.Name, property.GetValue(variables));
        }

        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script);
        host.Lines.Clear();
        var output = new PSDataCollection<PSObject>();
        var errors = new List<ErrorRecord>();
        var terminated = false;
        running = shell;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException problem)
        {
            terminated = true;
            errors.Add(problem.ErrorRecord);
        }
        finally
        {
            running = null;
        }

        errors.InsertRange(0, shell.Streams.Error);
        return new PowerShellResult(
            [.. output],
            errors,
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Information.Select(record => record.ToString())],
            [.. shell.Streams.Progress],
            [.. host.Lines],
            terminated);
    }

    /// <summary>What Ctrl+C does, from another thread.</summary>
    public void Stop() => running?.BeginStop(null, null);

    public void Dispose()
    {
        runspace.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
