using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Text;

namespace ReportScheduler.Stores;

/// <summary>Tries what runners need of a store.</summary>
internal static class StoreChecks
{
    /// <summary>A machine whose clock is off by more than this warns: its log and its files have wrong times.</summary>
    internal static readonly TimeSpan MostOff = TimeSpan.FromSeconds(60);

    /// <summary>Each check when it is done. After one that fails the others may fail for the same reason.</summary>
    public static IEnumerable<StoreCheck> Try(IReportStore store)
    {
        StoreCheck? first = null;
        foreach (var (name, attempt) in Each(store, () => IsLost(first)))
        {
            // a database that does not answer would be waited for each time
            var check = IsLost(first)
                ? new StoreCheck { StorePath = store.Address, Check = name, Message = first!.Message, ErrorId = first.ErrorId }
                : Check(store, name, attempt);
            // what keeps a store from being read keeps it from the rest as well, and is told where it was found
            if (!check.Success && check.Message == first?.Message)
            {
                check.Message = check.ErrorId switch
                {
                    nameof(StoreErrors.StoreUnfinished) => "Not tried: the store is not whole.",
                    nameof(StoreErrors.StoreMoved) => "Not tried: the store was moved.",
                    _ => "Not tried: the store cannot be read.",
                };
            }

            yield return check;
            first ??= check.Success ? null : check;
        }
    }

    private static bool IsLost(StoreCheck? first) => first?.ErrorId == nameof(RelationalErrors.StoreUnreachable);

    private static IEnumerable<(string Name, Func<string> Attempt)> Each(IReportStore store, Func<bool> isLost)
    {
        yield return ("Store", () => Content(store));
        yield return ("Write", () =>
        {
            CheckMarks(store);
            var owner = $"{RunOwner.Create()} test";
            store.Heartbeat(owner);
            store.ForgetOwner(owner);
            (store as RelationalStore)?.CheckRights();
            (store as RelationalStore)?.CheckStatements();
            return "The store can be written.";
        });
        if (store is RelationalStore database)
        {
            yield return ("Clock", () => Clock(database));
            yield return ("Replication", database.DescribeReplication);
        }

        yield return ("Key", () => Key(store));
        yield return ("Files", () => Files(store));
        if (!isLost() && HasLabels(store))
        {
            yield return ("Labels", () => Labels(store));
        }
    }

    private static string Content(IReportStore store)
    {
        var tasks = store.GetTasks().Count;
        var text = $"The store can be read; it has {tasks} {(tasks == 1 ? "task" : "tasks")} and "
            + $"{store.GetRuns(new RunFilter { Limit = 1 }).Count switch { 0 => "no runs", _ => "runs" }}.";
        CheckMarks(store);
        return text;
    }

    // what was moved, or is not whole, can be read, and no runner can use it
    private static void CheckMarks(IReportStore store)
    {
        if (store.GetMark(StoreMark.MovedTo) is { } to)
        {
            throw StoreErrors.StoreMoved(store.Address, to, store.GetMark(StoreMark.MovingTo) is not null);
        }

        if (store.GetMark(StoreMark.CopiedFrom) is { } from)
        {
            throw StoreErrors.StoreUnfinished(store.Address, from);
        }
    }

    private static StoreCheck Check(IReportStore store, string name, Func<string> attempt)
    {
        var check = new StoreCheck { StorePath = store.Address, Check = name };
        try
        {
            (check.Message, check.Success) = (attempt(), true);
        }
        catch (ReportException problem)
        {
            (check.Message, check.ErrorId) = (problem.Message, problem.ErrorId);
        }

        return check;
    }

    private static string Clock(RelationalStore store)
    {
        var off = store.ClockOffset;
        return off.Duration() < TimeSpan.FromSeconds(1) ? "The clocks of this computer and of the database agree."
            : off.Duration() <= MostOff ? $"The clock of this computer is {Math.Abs(Math.Round(off.TotalSeconds, 1))} s "
                + $"{(off > TimeSpan.Zero ? "behind" : "ahead of")} the database's, which counts."
            : throw StoresErrors.StoreClockOff(store.Address, off);
    }

    private static bool HasLabels(IReportStore store)
    {
        try
        {
            return store.IsThere && store.GetTasks().Any(task => task.RunOn is not null);
        }
        catch (ReportException)
        {
            // the first check has said it
            return false;
        }
    }

    private static string Labels(IReportStore store) => new LabelledTasks(store).WithoutRunner() is { Count: > 0 } missing
        ? throw StoresErrors.LabelWithoutRunner(
            EnglishText.List(missing.Select(task => $"'{task.Label}'").Distinct(StringComparer.OrdinalIgnoreCase), "or"),
            EnglishText.List(missing.Select(task => $"'{task.Name}'")))
        : "Each task with -RunOn has a runner that is alive.";

    private static string Key(IReportStore store)
    {
        store.CheckReady();
        const string Usable = "The key of the passwords can be used here.";
        return store is not RelationalStore database ? Usable
            : database.Key.HasNewer() ? $"{Usable} The key file has a newer one, which Update-ReportStore puts to use."
            // one that was set while the keys were changed
            : new KeyRotation(database).IsNeeded ? $"{Usable} Some are protected with an older one: keep that until Update-ReportStore has "
                + "protected them with this one."
            : Usable;
    }

    private static string Files(IReportStore store)
    {
        var share = store.GetOption().FilesPath;
        var place = share ?? store.Files.Folder;
        try
        {
            if (share is not null)
            {
                SharedFiles.Check(share);
                WritableFolder.Try(share);
            }

            place = store.Files.Folder;
            return WritableFolder.Try(place)
                ? $"Files can be written to '{place}'{(share is null ? "" : $" and to '{share}'")}."
                : $"'{place}' is not there yet; the first run makes it.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(place, problem.Message, problem);
        }
    }
}
