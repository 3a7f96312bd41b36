namespace ReportScheduler.Store.PostgreSql;

/// <summary>The database's time, without asking it each time: this computer's clock and how far it is off.</summary>
/// <remarks>Waits and records go by it; what decides who may do something is asked in the statement itself.</remarks>
internal sealed class DatabaseClock(PostgreSqlDatabase database) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + database.ClockOffset;
}
