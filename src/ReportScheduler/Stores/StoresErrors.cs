namespace ReportScheduler.Stores;

internal static class StoresErrors
{
    public static ReportException StoreClockOff(string address, TimeSpan off) =>
        new(nameof(StoreClockOff), ReportErrorCategory.InvalidData, address,
            $"The clock of this computer is {Math.Abs(Math.Round(off.TotalSeconds))} s {(off > TimeSpan.Zero ? "behind" : "ahead of")} "
                + $"the one of the database '{address}'. What is due goes by the database's; "
                + "set this one for its logs and the times in its files.");

    public static ReportException LabelWithoutRunner(string labels, string? tasks = null) =>
        new(nameof(LabelWithoutRunner), ReportErrorCategory.ResourceUnavailable, labels,
            $"No runner is alive that has the label {labels}, so {tasks ?? "what is to run there"} waits. "
                + "Start one with Start-ReportScheduler -Label, or give the task another -RunOn with Set-ReportTask.");

    public static ReportException StoreExists(string address) =>
        new(nameof(StoreExists), ReportErrorCategory.ResourceExists, address,
            $"There is a report store at '{address}' already; it stays as it is. "
                + "Test-ReportStore looks at it, and Update-ReportStore brings it up to date.");

    public static ReportException StoreInUse(string address, int runners, int runs) =>
        new(nameof(StoreInUse), ReportErrorCategory.ResourceBusy, address,
            runners > 0
                ? $"{runners} {(runners == 1 ? "runner uses" : "runners use")} the store '{address}'. Stop-ReportScheduler stops them; "
                    + "then move the store."
                : $"{runs} {(runs == 1 ? "report" : "reports")} of the store '{address}' {(runs == 1 ? "is" : "are")} being made. "
                    + "Wait until Get-ReportRun -Outcome Running shows no more; then move the store.");

    public static ReportException StoreIsSame(string address) =>
        new(nameof(StoreIsSame), ReportErrorCategory.InvalidArgument, address,
            $"The store '{address}' would be moved to itself; it stays as it is. Give another place as -Destination.");

    public static ReportException StoreCopyDiffers(string address, string found, string source, string expected) =>
        new(nameof(StoreCopyDiffers), ReportErrorCategory.InvalidData, address,
            $"The new store '{address}' has {found}, and the old one '{source}' has {expected}: something else has written into the new "
                + "one. The old one still has everything. Empty the new one (remove its file, or its tables and run New-ReportStore) and "
                + "run the same command again.");
}
