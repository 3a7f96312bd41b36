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
    /// <summary>Where the store is, as people give it and read it, without a secret: the
    /// full path of a file, or the address of a database.</summary>
    string Address { get; }

    /// <summary>Whether there is a store at the address.</summary>
    bool IsThere { get; }

    /// <summary>The time that the store goes by: what is due, and who was silent for too long.</summary>
    TimeProvider Clock { get; }

    /// <summary>How far that is ahead of this computer's clock.</summary>
    TimeSpan ClockOffset => TimeSpan.Zero;

    /// <summary>The files and messages of runs.</summary>
    IRunFiles Files { get; }

    /// <summary>Which runners are alive.</summary>
    IRunnerRegistry Runners { get; }

    IStoreSecrets Secrets { get; }

    /// <summary>The places of servers among all machines; null where the processes of one machine
    /// share the store, which lock files.</summary>
    ISharedPlaces? Places => null;

    INamedRecords<ReportConnection> Connections { get; }

    INamedRecords<ReportMailServer> MailServers { get; }

    INamedRecords<ReportIdentity> Identities { get; }

    INamedRecords<ReportTheme> Themes { get; }

    /// <summary>Keys of the HTTP trigger.</summary>
    INamedRecords<ReportSchedulerKey> Keys { get; }

    /// <summary>Does nothing where this computer can run the store's reports.</summary>
    /// <exception cref="ReportException">It cannot, such as without the key of the store's passwords.</exception>
    void CheckReady();

    /// <summary>A number that is another one after any process changed a task, connection, mail server, identity or option.
    /// Cheap: it does not open the store, and it is still the same after runs were recorded.</summary>
    long DefinitionVersion { get; }

    /// <summary>A number that is another one after any process changed anything in the store; null where that is not to be
    /// seen without opening it, or was changed this very moment.</summary>
    long? Changes => null;

    /// <summary>Does nothing where the store can be changed now.</summary>
    /// <exception cref="ReportException">It cannot be used.</exception>
    void TryUse(string owner) => Heartbeat(owner);

    // Tasks, each with its state. Records that cannot be read are left out and told by GetUnreadable.
    IReadOnlyList<ReportTask> GetTasks();

    /// <param name="nameOrId">A name, or else an id.</param>
    ReportTask? FindTask(string nameOrId);

    /// <summary>The task as a person wrote it. Its state need not be there: it costs less than <see cref="FindTask"/>.</summary>
    ReportTask? FindDefinition(string id) => FindTask(id);

    /// <summary>Writes the definition, and of the state the next due time only: counts and last outcome are kept. A task that
    /// replaces another one of its name gets the id of that one.</summary>
    /// <param name="task">The task.</param>
    /// <param name="mode">What the store may hold of that name.</param>
    /// <param name="nextRunAt">The next due time.</param>
    /// <param name="keepsNext">Whether the next due time of an enabled task that is there stays: a runner may have moved it on since the
    /// task was read.</param>
    /// <exception cref="ReportException">NameTaken, NotFound, or TaskChangedMeanwhile for an update of a task that is another one
    /// by now than the one that was read.</exception>
    void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt, bool keepsNext = false);

    /// <summary>Removes the task and its state; its runs stay in the history.</summary>
    bool RemoveTask(string id);

    /// <summary>Ends the pause that a task put on itself.</summary>
    void ClearPause(string taskId);

    ReportSchedulerOption GetOption();

    void SetOption(ReportSchedulerOption option);

    /// <summary>Changes the options that the store has.</summary>
    /// <param name="change">Changes them; it may be called again with others.</param>
    /// <returns>The options then.</returns>
    ReportSchedulerOption ChangeOption(Action<ReportSchedulerOption> change);

    // Runs

    /// <summary>Gives <paramref name="play"/> a store like this one, which has the task, due by its state. Nothing of what is done in it
    /// stays, and nobody else sees it.</summary>
    /// <exception cref="ReportException">The store cannot be used.</exception>
    void Rehearse(ReportTask task, Action<IReportStore> play);

    /// <summary>Finds the enabled tasks whose next due time has come, those apart that another process plans this moment, and carries
    /// out their plans, all in one transaction: inserts a Schedule run per due instant unless that (task, instant) has one already,
    /// keeps the plan's records, and moves the task's next due time on. What is not final waits for a runner: it has no owner.</summary>
    /// <param name="limit">At most so many tasks, the earliest first.</param>
    /// <param name="plan">What becomes of them; those that it leaves out stay due. It is called within the transaction, and again where
    /// that is made again.</param>
    /// <param name="take">Which runs are taken then, in the same transaction, as <see cref="TakeRuns"/> does; null for none.</param>
    /// <returns><see cref="PlannedRuns.Outdated"/> where <paramref name="take"/> is.</returns>
    PlannedRuns PlanDue(int limit, Func<IReadOnlyList<DueTask>, IReadOnlyList<TaskPlan>> plan, TakeOrder? take = null);

    /// <summary>Takes waiting runs, oldest due first, for an owner whose lease begins or goes on with it. Of a task only one is taken, and
    /// none while a run of it is going on that no person asked for, unless the task says Parallel.</summary>
    /// <param name="take">Who takes how many.</param>
    /// <param name="runId">Only this one; null for any.</param>
    /// <returns><see cref="TakenRuns.Outdated"/> where <paramref name="take"/> is.</returns>
    TakenRuns TakeRuns(TakeOrder take, string? runId = null);

    /// <summary>Lets runs that were taken and not begun wait again as they did before: none of them has one attempt more.</summary>
    /// <param name="owner">Who has taken them. Those that another one has by now stay as they are.</param>
    /// <param name="runIds">The runs.</param>
    void PutBackRuns(string owner, IReadOnlyCollection<string> runIds);

    /// <summary>How many runs wait for a runner, or for the run of their task that is going on.</summary>
    int CountWaiting();

    /// <summary>The earliest next due time of an enabled task; null when nothing is due any more.</summary>
    DateTimeOffset? GetEarliestDue();

    /// <summary>Moves the next due time of a task, unless it is another one than <paramref name="was"/> by now.</summary>
    bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next);

    /// <summary>Inserts a run of its own (Manual, Http, Rerun). One without an owner waits for a runner.</summary>
    void AddRun(ReportRun run);

    /// <summary>Inserts a Schedule run unless its task has one for the instant.</summary>
    /// <returns>The run that was there, whoever made it and whatever became of it; null when this one was inserted.</returns>
    ReportRun? AddDueRun(ReportRun run);

    /// <summary>Inserts a run of its own unless the same request made one before.</summary>
    /// <returns>The run that the same request made; null when this one was inserted.</returns>
    /// <exception cref="ReportException">RequestDiffers: the key was used for another
    /// request. RequestForgotten: its run is gone.</exception>
    ReportRun? AddRunOnce(ReportRun run, RequestMark mark);

    /// <summary>Takes note of something that is good once, such as a signature.</summary>
    /// <returns>False when it was used before, by any process.</returns>
    bool UseOnce(string key, DateTimeOffset until);

    /// <summary>Writes a run and its deliveries while it is going on. One saved as Delivering waits for its mail: it has no
    /// owner afterwards.</summary>
    /// <returns>False, and nothing is written, when the run is gone or has another owner by now.</returns>
    bool SaveRun(ReportRun run);

    /// <summary>Writes a run that nobody works on, as Delivering, to send it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stand">What it was when that was decided: <see cref="RunStand"/>.</param>
    /// <returns>False, and nothing is written, when the run is gone or another one by now, somebody works on it, or its files are
    /// given up.</returns>
    bool ReopenRun(ReportRun run, string stand);

    /// <summary>Writes a run that begins now, as <see cref="SaveRun"/> does, and gives its task.</summary>
    /// <exception cref="RecordNotReadableException">The task cannot be read; nothing is written.</exception>
    BegunRun BeginRun(ReportRun run);

    /// <summary>Writes the final record, its deliveries, and the task's counts, last outcome and pause,
    /// counted once per run. The run says then when its task runs next.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stand">What it was when a person decided to end it: <see cref="RunStand"/>; null for its owner, who knows.</param>
    /// <returns>False, and nothing is written, when the run is gone, is final already, has another owner or another stand by
    /// now.</returns>
    bool FinishRun(ReportRun run, string? stand = null);

    /// <summary>Says that the owner's runs are alive, for the length of a lease.</summary>
    /// <returns>False when the lease had run out, or had not begun: others may have taken over its runs. It has one from now on.</returns>
    bool Heartbeat(string owner);

    /// <summary>Says that the owner has ended: the runs that it left have no heartbeat from now on.</summary>
    void ForgetOwner(string owner);

    /// <summary>The owners of the runs that somebody works on, or did.</summary>
    IReadOnlyList<string> GetOwners();

    /// <summary>Takes over the unfinished runs that nobody works on; they get one more attempt, and the old owner can write them no
    /// more. One with deliveries gets the new owner. One without, which is made again, waits for a runner.</summary>
    /// <returns>Those with deliveries.</returns>
    IReadOnlyList<ReportRun> TakeOver(string owner, AbandonedRuns which);

    /// <summary>Runs with their deliveries, newest first.</summary>
    IReadOnlyList<ReportRun> GetRuns(RunFilter filter);

    /// <summary>How many runs the history has, those that cannot be read too.</summary>
    int CountRuns();

    /// <returns>Those of the runs that the history has.</returns>
    IReadOnlyList<string> FindRuns(IReadOnlyCollection<string> runIds);

    /// <summary>Notes of final runs that their files are about to be removed: none of them is sent again from now on.</summary>
    /// <returns>The ids of those; one that was opened again meanwhile keeps its files.</returns>
    IReadOnlyList<string> GiveUpFiles(IReadOnlyCollection<string> runIds);

    /// <summary>Removes final runs and their deliveries; the caller has removed their folders, after <see cref="GiveUpFiles"/>.</summary>
    int RemoveRuns(IReadOnlyCollection<string> runIds);

    // The delivery ledger

    /// <summary>Writes a delivery; its run shows it.</summary>
    /// <param name="delivery">The delivery, with its owner.</param>
    /// <param name="attempt">Which attempt at its run the owner is in: the same owner may have another one in its hands by now.</param>
    /// <returns>False, and nothing is written, when the run is gone, or has another owner or attempt by now.</returns>
    bool PutDelivery(ReportDelivery delivery, int attempt);

    /// <summary>Takes the pending deliveries to one target whose next attempt is due, oldest first: to the one that has waited
    /// longest. They and their runs are owned afterwards. Those of a run that somebody works on are left to that one.</summary>
    /// <param name="owner">Who takes them.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="runId">Only those of this run; null for all.</param>
    /// <param name="except">Targets whose deliveries are left; null for none.</param>
    TakenDeliveries TakeDueDeliveries(
        string owner, int limit, string? runId = null, IReadOnlyCollection<string>? except = null);

    /// <summary>When the next pending delivery is due; null when none waits.</summary>
    /// <param name="after">Only those due later than this instant; null for all.</param>
    DateTimeOffset? GetEarliestDelivery(DateTimeOffset? after = null);

    /// <summary>When the last of the pending deliveries is due; null when none waits.</summary>
    DateTimeOffset? GetLatestDelivery();

    /// <summary>Makes pending deliveries that would be tried later than <paramref name="latest"/> wait until then only.</summary>
    void TryAtLatest(DateTimeOffset latest);

    // Moving to another store

    /// <summary>What the machine keeps of each task, as it is kept.</summary>
    IReadOnlyList<ReportTaskState> GetStates();

    void PutState(ReportTaskState state);

    /// <summary>Runs in the order of their ids, in which each keeps its place whatever becomes of it meanwhile.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<ReportRun> GetRunsById(string? after, int limit);

    /// <summary>Inserts runs with their deliveries as they are, unless they are there.</summary>
    void ImportRuns(IReadOnlyList<ReportRun> runs);

    /// <summary>What was being copied into the store when it was last looked at, and is not whole yet; null for nothing.</summary>
    string? FilledFrom { get; }

    /// <summary>The address that is noted; null for none.</summary>
    string? GetMark(StoreMark mark);

    /// <summary>Notes an address on the store; one that is noted stays. Once it is moved, every other change is the error StoreMoved,
    /// and so is another place to move it to. While another store is copied into it, every change by other store objects than those
    /// that noted that is the error StoreUnfinished, and so is to copy a third one into it. A change by one of those after the copy is
    /// whole is the error StoreNotEmpty.</summary>
    /// <returns>False when it had the mark.</returns>
    bool SetMark(StoreMark mark, string? address);

    // Keeping

    /// <summary>Tasks, connections, mail servers and identities that this version cannot read.</summary>
    IReadOnlyList<UnreadableRecord> GetUnreadable();

    /// <summary>Writes a consistent copy of the store as one LiteDB file.</summary>
    void CopyTo(string path);
}
