namespace ReportScheduler.Store;

/// <summary>What becomes of a definition, and of the state of its task, when it is put into a store.</summary>
internal static class TaskPutRules
{
    /// <summary>What a task is called in errors.</summary>
    public const string Noun = nameof(ReportTask);

    /// <exception cref="ReportException">NameTooLong, or NameCutThrough.</exception>
    public static void CheckNames(ReportTask task)
    {
        StoreKeys.CheckName(Noun, task.Name);
        StoreKeys.CheckName(Noun, task.Id);
    }

    /// <summary>What is replaced keeps its id, and with it its history and counts.</summary>
    /// <param name="task">The task; it gets the id of the one that it replaces.</param>
    /// <param name="mode">What the store may hold of that name.</param>
    /// <param name="holder">The id of the task that has the name; null for none.</param>
    /// <exception cref="ReportException">NameTaken.</exception>
    public static void TakeId(ReportTask task, PutMode mode, string? holder)
    {
        if (holder is null || holder == task.Id)
        {
            return;
        }

        task.Id = mode == PutMode.Replace ? holder : throw StoreErrors.NameTaken(Noun, task.Name);
    }

    /// <summary>Gives the task the revision that follows the one in the store.</summary>
    /// <param name="task">The task.</param>
    /// <param name="mode">What the store may hold of it.</param>
    /// <param name="revision">The one in the store; null where the task is not there.</param>
    /// <exception cref="ReportException">NameTaken, NotFound or TaskChangedMeanwhile.</exception>
    public static void TakeRevision(ReportTask task, PutMode mode, int? revision)
    {
        PutRules.Check(mode, revision is not null, Noun, task.Name);
        if (mode == PutMode.Update && revision != task.Revision)
        {
            throw StoreErrors.TaskChangedMeanwhile(task.Name);
        }

        task.Revision = (revision ?? 0) + 1;
    }

    /// <summary>Changes the next due time alone in a state that is there; a new one begins with the counts that the task brings.</summary>
    public static void Change(ReportTaskState state, bool isNew, ReportTask task, DateTimeOffset? nextRunAt, bool keepsNext)
    {
        if (isNew)
        {
            (state.LastRunAt, state.RunCount, state.ErrorCount, state.LastError) =
                (task.State.LastRunAt, task.State.RunCount, task.State.ErrorCount, task.State.LastError);
        }

        state.NextRunAt = !task.Enabled ? null : keepsNext && !isNew ? state.NextRunAt : nextRunAt;
    }
}
