using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>A database whose sessions have settings other than most have, all at once, as an administrator may want them.</summary>
public sealed class OddPostgreSqlStorePlace() : RelationalStorePlace(Database())
{
    internal static PostgreSqlStoreDatabase Database() => new(
        "default_transaction_isolation = 'serializable'", "standard_conforming_strings = off", "backslash_quote = off",
        "bytea_output = 'escape'", "datestyle = 'SQL, DMY'", "timezone = 'Pacific/Chatham'", "search_path = ''", "lock_timeout = '1s'",
        "idle_session_timeout = '2s'", "idle_in_transaction_session_timeout = '1h'", "plan_cache_mode = 'force_generic_plan'",
        "extra_float_digits = -15");
}
