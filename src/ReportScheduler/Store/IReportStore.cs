using ReportScheduler.Secrets;

namespace ReportScheduler.Store;

/// <summary>Tasks, their state, connections, mail servers, identities, runs and the delivery ledger, shared by processes.</summary>
/// <remarks>
/// Each method is one transaction, whole or not at all, and the store is open only while it runs. What a method
/// returned or accepted survives a killed process. Names compare without regard to case; lists of named things are
/// in the order of their names, lists of runs newest first. Instants are UTC and kept to the tick.
/// </remarks>
internal interface IReportStore
{
    /// <summary>The full path of the store file.</summary>
    string Path { get; }

    /// <summary>The folder with one folder per run, beside the store file.</summary>
    string RunsFolder { get; }

    IStoreSecrets Secrets { get; }

    /// <summary>A number that is another one after any process changed a task, connection, mail server, identity or option.
    /// Cheap: it does not open the store, and it is still the same after runs were recorded.</summary>
    long DefinitionVersion { get; }

    // Tasks, each with its state. Records that cannot be read are left out and told by GetUnreadable.
    IReadOnlyList<ReportTask> GetTasks();

    /// <param name="nameOrId">A name, or else an id.</param>
    ReportTask? FindTask(string nameOrId);

    /// <summary>Writes the definition, and of the state the next due time only: counts and last outcome are kept. A task that
    /// replaces another one of its name gets the id of that one.</summary>
    /// <exception cref="ReportException">NameTaken, NotFound, or TaskChangedMeanwhile for an update of a task that is another one
    /// by now than the one that was read.</exception>
    void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt);

    /// <summary>Removes the task and its state; its runs stay in the history.</summary>
    bool RemoveTask(string id);

    /// <summary>Ends the pause that a task put on itself.</summary>
    void ClearPause(string taskId);

    IReadOnlyList<ReportConnection> GetConnections();

    ReportConnection? FindConnection(string name);

    void PutConnection(ReportConnection connection, PutMode mode);

    bool RemoveConnection(string name);

    IReadOnlyList<ReportMailServer> GetMailServers();

    ReportMailServer? FindMailServer(string name);

    void PutMailServer(ReportMailServer server, PutMode mode);

    bool RemoveMailServer(string name);

    IReadOnlyList<ReportIdentity> GetIdentities();

    ReportIdentity? FindIdentity(string name);

    void PutIdentity(ReportIdentity identity, PutMode mode);

    bool RemoveIdentity(string name);

    // Keys of the HTTP trigger
    IReadOnlyList<ReportSchedulerKey> GetKeys();

    void PutKey(ReportSchedulerKey key, PutMode mode);

    bool RemoveKey(string name);

    ReportSchedulerOption GetOption();

    void SetOption(ReportSchedulerOption option);

    // Runs

    /// <summary>
    /// Claims everything due at <paramref name="now"/>, at most <paramref name="limit"/> tasks, in one transaction:
    /// asks <paramref name="plan"/> for each due, enabled task (with its runs that are not final, oldest first),
    /// inserts a Schedule run per due instant unless that (task, instant) has one already, keeps the plan's records,
    /// and moves the task's next due time on.
    /// </summary>
    /// <returns>The runs that this call inserted, oldest due first, with their owner and heartbeat set.</returns>
    IReadOnlyList<ReportRun> ClaimDue(
        DateTimeOffset now, string owner, int limit, Func<ReportTask, IReadOnlyList<ReportRun>, DuePlan> plan);

    /// <summary>The earliest next due time of an enabled task; null when nothing is due any more.</summary>
    DateTimeOffset? GetEarliestDue();

    /// <summary>Moves the next due time of a task, unless it is another one than <paramref name="was"/> by now.</summary>
    bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next);

    /// <summary>Inserts a run of its own (Manual, Http, Rerun).</summary>
    void AddRun(ReportRun run);

    /// <summary>Inserts a run of its own unless the same request made one before.</summary>
    /// <returns>The run that the same request made; null when this one was inserted.</returns>
    /// <exception cref="ReportException">RequestDiffers: the key was used for another request. RequestForgotten: its run is gone.</exception>
    ReportRun? AddRunOnce(ReportRun run, RequestMark mark);

    /// <summary>Takes note of something that is good once, such as a signature.</summary>
    /// <returns>False when it was used before, by any process.</returns>
    bool UseOnce(string key, DateTimeOffset until, DateTimeOffset now);

    /// <summary>Writes a run and its deliveries while it is going on. One saved as Delivering waits for its mail: it has no
    /// owner afterwards. A final run may be saved as Delivering to send it again.</summary>
    /// <returns>False, and nothing is written, when the run is gone or has another owner by now.</returns>
    bool SaveRun(ReportRun run);

    /// <summary>Writes the final record, its deliveries, and the task's counts, last outcome and pause,
    /// counted once per run.</summary>
    /// <returns>False, and nothing is written, when the run is gone, is final already or has another owner by now.</returns>
    bool FinishRun(ReportRun run);

    /// <summary>Says that the owner's runs are alive.</summary>
    void Heartbeat(string owner, DateTimeOffset now);

    /// <summary>Says that the owner has ended: the runs that it left have no heartbeat from now on.</summary>
    void ForgetOwner(string owner);

    /// <summary>Takes over the unfinished runs that <paramref name="abandoned"/> says nobody works on: they get the new
    /// owner and heartbeat, and one more attempt. The old owner can write them no more.</summary>
    IReadOnlyList<ReportRun> TakeOver(Func<ReportRun, bool> abandoned, string owner, DateTimeOffset now);

    /// <summary>Runs with their deliveries, newest first.</summary>
    IReadOnlyList<ReportRun> GetRuns(RunFilter filter);

    /// <summary>Removes final runs and their deliveries; the caller removes their folders.</summary>
    int RemoveRuns(IReadOnlyCollection<string> runIds);

    // The delivery ledger

    /// <summary>Writes a delivery; its run shows it.</summary>
    /// <returns>False, and nothing is written, when the run is gone or has another owner than the delivery by now.</returns>
    bool PutDelivery(ReportDelivery delivery);

    /// <summary>Takes the pending deliveries to one target whose next attempt is due, oldest first: to the one that has waited
    /// longest. They and their runs are owned afterwards. Those of a run that somebody works on are left to that one.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="owner">Who takes them.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="runId">Only those of this run; null for all.</param>
    /// <param name="except">Targets whose deliveries are left; null for none.</param>
    IReadOnlyList<ReportDelivery> TakeDueDeliveries(
        DateTimeOffset now, string owner, int limit, string? runId = null, IReadOnlyCollection<string>? except = null);

    /// <summary>When the next pending delivery is due; null when none waits.</summary>
    /// <param name="after">Only those due later than this instant; null for all.</param>
    DateTimeOffset? GetEarliestDelivery(DateTimeOffset? after = null);

    /// <summary>When the last of the pending deliveries is due; null when none waits.</summary>
    DateTimeOffset? GetLatestDelivery();

    /// <summary>Makes pending deliveries that would be tried later than <paramref name="latest"/> wait until then only.</summary>
    void TryAtLatest(DateTimeOffset latest);

    // Keeping

    /// <summary>Tasks, connections, mail servers and identities that this version cannot read.</summary>
    IReadOnlyList<UnreadableRecord> GetUnreadable();

    /// <summary>A consistent copy under the lock.</summary>
    void CopyTo(string path);
}
