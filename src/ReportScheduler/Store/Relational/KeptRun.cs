namespace ReportScheduler.Store.Relational;

/// <summary>What a row of <c>run</c> says about who may write it.</summary>
internal sealed record KeptRun(string? Owner, int Attempt, string Outcome, bool IsCounted)
{
    public bool IsFinal => new ReportRun { Outcome = Enum.Parse<RunOutcome>(Outcome) }.IsFinal;

    /// <summary>Selects the row @Id and locks it.</summary>
    public static string Locked(StoreDialect sql) =>
        $"""
        select owner as Owner, attempt as Attempt, outcome as Outcome, is_counted as IsCounted
        from run{sql.LockHint(skip: false)} where id = @Id {sql.Lock(skip: false)}
        """;

    /// <summary>Whoever took the run over has one attempt more; whoever has let it go has it no more.</summary>
    public bool IsOf(ReportRun run) => IsOf(run.Owner, run.Attempt);

    /// <inheritdoc cref="IsOf(ReportRun)"/>
    public bool IsOf(string? owner, int attempt) => Attempt == attempt && Owner == owner;
}
