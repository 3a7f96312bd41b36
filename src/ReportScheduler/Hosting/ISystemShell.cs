namespace ReportScheduler.Hosting;

/// <summary>The PowerShell session that registers, for a scheduler that is reached through a module of PowerShell.</summary>
internal interface ISystemShell
{
    /// <summary>The account with its password, as the session has it; null for none.</summary>
    object? Credential { get; }

    /// <summary>Runs a script in the session: a password never stands on a command line.</summary>
    /// <param name="name">What it is about, for the error.</param>
    /// <param name="script">With a param block.</param>
    /// <param name="arguments">For it.</param>
    /// <exception cref="ReportException">TaskSchedulerRefused: it failed.</exception>
    IReadOnlyList<object?> Run(string name, string script, params object?[] arguments);
}
