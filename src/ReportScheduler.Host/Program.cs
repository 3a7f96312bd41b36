using ReportScheduler.Host;

if (HostOptions.AsksForHelp(args))
{
    Console.Out.WriteLine(HostOptions.Usage);
    return 0;
}

if (HostOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(HostOptions.Usage);
    return 64;
}

// the engine would write an id for its telemetry into HOME
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
WordWrap.TurnOn();
using var session = new HostSession(options);
using var signals = new StopSignals(session.Stop);
var exitCode = session.Run();
return signals.ExitCode(session.Stopped) ?? exitCode;
