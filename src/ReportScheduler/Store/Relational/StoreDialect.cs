using System.Data.Common;
using Dapper;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>What one kind of database says in its own way. What all of them understand stands in the statements of the store.</summary>
internal abstract class StoreDialect
{
    /// <summary>The database's time in ticks, at the start of the statement. A view, so that an index can be used with it.</summary>
    public const string Now = "(select now_at from clock)";

    /// <summary>How its addresses begin; the usual one first.</summary>
    public abstract IReadOnlyList<string> Schemes { get; }

    public abstract int UsualPort { get; }

    /// <summary>What may stand behind the question mark of an address beside <c>password</c>.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>What else, beside a reference in the address, gives the password; null for nothing.</summary>
    public virtual string? PasswordElsewhere => null;

    /// <summary>Which variables the driver takes the password from where the address has no reference to it.</summary>
    public virtual IReadOnlyList<string> PasswordVariables => [];

    /// <summary>The kind of database, as connections name it.</summary>
    public abstract string Provider { get; }

    /// <summary>The connection string; its errors are those of an address.</summary>
    /// <param name="parts">Where the store is.</param>
    /// <param name="password">The password; null where the address refers to none.</param>
    /// <param name="isToken">Whether the password is a token, which goes through TLS only.</param>
    /// <exception cref="FormatException">An option has a value that is none, or that does not go with the others.</exception>
    public abstract string ConnectionString(AddressParts parts, string? password, bool isToken);

    /// <param name="connectionString">What <see cref="ConnectionString"/> gave.</param>
    /// <param name="token">The token that is signed in with; null for none.</param>
    public abstract DbDataSource Open(string connectionString, IdentityToken? token);

    /// <summary>What an option says of TLS.</summary>
    /// <param name="parts">The address.</param>
    /// <param name="name">The option.</param>
    /// <param name="least">At least this, as a token is sent; null for any.</param>
    /// <returns>What it says, or <paramref name="least"/> where it is not given.</returns>
    /// <exception cref="FormatException">It is no value, or less.</exception>
    protected static TMode? TlsOf<TMode>(AddressParts parts, string name, TMode? least)
        where TMode : struct, Enum
    {
        if (parts.Option(name) is not { } given)
        {
            return least;
        }

        var mode = Enum.TryParse<TMode>(given.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var found)
            ? found
            : throw new FormatException($"'{given}' is not a value of {name}");
        return least is { } needed && Comparer<TMode>.Default.Compare(mode, needed) < 0
            ? throw new FormatException($"{name}={given} would send the token of the identity without TLS")
            : mode;
    }

    /// <summary>The user, whom a database that takes tokens as passwords has to be told.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    protected static string UserOfToken(AddressParts parts) =>
        parts.User ?? throw new FormatException("it has no user: an identity signs in as the role that is made for it");

    /// <summary>Whether the transaction may be done again: another one kept it from its end.</summary>
    public abstract bool IsBusy(DbException problem);

    public abstract StoreFault FaultOf(DbException problem);

    /// <summary>Where more is told of a user who is not let in; null for nowhere.</summary>
    public virtual string? DeniedHint(DbException problem) => null;

    /// <summary>Whether a statement of the schema was carried out by an update that was cut off.</summary>
    public virtual bool IsMade(DbException problem) => false;

    // Statements

    /// <summary>Whether a column holds one of a list, which <see cref="List"/> makes.</summary>
    public abstract string In(string column, string parameter);

    public abstract StoreList List(IReadOnlyCollection<string> values);

    public virtual string True => "true";

    public virtual string False => "false";

    /// <summary>Behind a table whose rows are locked.</summary>
    /// <param name="skip">Whether rows that others have locked are passed over.</param>
    /// <param name="index">The one to go through. The condition of an index of some rows stands in the query as it is.</param>
    public virtual string LockHint(bool skip, string? index = null) => "";

    /// <summary>Behind a statement that locks rows.</summary>
    public virtual string Lock(bool skip) => skip ? "for update skip locked" : "for update";

    /// <summary>Joins to each row those of a table that belong to it, which an index finds.</summary>
    public virtual string JoinEach(string table, string alias, string condition) => $"left join {table} {alias} on {condition}";

    /// <summary>Behind <c>order by</c>: the first so many rows.</summary>
    public virtual string First(string limit) => $"limit {limit}";

    /// <summary>Behind <c>order by</c>: so many rows after so many.</summary>
    public virtual string Page(string skip, string limit) => $"limit {limit} offset {skip}";

    /// <summary>Before the first statement of a transaction: its commit does not wait for the disk, as the next one does for both.
    /// Nothing where the database cannot say that.</summary>
    public virtual string WithoutDisk => "";

    /// <summary>Changes the rows with the key, which are there.</summary>
    public virtual string Update(string table, string key, IReadOnlyList<string> columns, string source) =>
        Upsert(table, [key], columns, source);

    /// <summary>Inserts rows, or changes those with the key.</summary>
    public abstract string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, string source);

    /// <summary>Inserts the rows whose key is not there.</summary>
    public abstract string InsertNew(string table, string key, IReadOnlyList<string> columns, string source);

    /// <summary>Inserts the rows whose key is not there, and selects the ids of those of a list that are there then.</summary>
    public virtual string InsertNewIds(string table, string key, IReadOnlyList<string> columns, string source, string ids) =>
        $"{InsertNew(table, key, columns, source)};\n{SelectIds(table, ids)}";

    /// <summary>Selects the ids of a list that are there.</summary>
    public string SelectIds(string table, string ids) => $"select id from {table} where {In("id", ids)}";

    /// <summary>At most so many rows of so many columns in a statement.</summary>
    public abstract int MostRows(int columns);

    /// <summary>Asks how many bytes a statement may have; null where that is more than anything the store keeps.</summary>
    public virtual string? StatementLimit => null;

    /// <summary>Rows as the source of an insert.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">So many.</param>
    /// <param name="parameters">Gets their values.</param>
    /// <param name="prefix">How the names of the parameters begin.</param>
    public virtual string Source(RowSet rows, int from, int count, DynamicParameters parameters, string prefix = "")
    {
        var lines = Enumerable.Range(from, count).Select(row => $"({string.Join(", ", rows.Columns.Select((column, at) =>
        {
            parameters.Add($"{prefix}v{row}_{at}", column.Values.GetValue(row), column.Type);
            return $"@{prefix}v{row}_{at}";
        }))})");
        return $"values {string.Join(", ", lines)}";
    }

    // The schema

    /// <summary>Which schema the names of tables mean.</summary>
    public abstract string CurrentSchema { get; }

    /// <summary>Makes what the tables stand in; null for nothing.</summary>
    public virtual string? MakeSchema => null;

    /// <summary>A select from its <c>where</c> on that finds a row in a session without the settings that it was opened with; null where
    /// nothing drops them.</summary>
    public virtual string? DroppedSettings => null;

    /// <summary>Counts the schemas and tables of a store that this user may not look into, and looks into one; null where none is
    /// hidden.</summary>
    public virtual (string Count, string Look)? HiddenTables => null;

    /// <summary>Asks for the encoding of the database if it has not all characters; null where tables say themselves what they
    /// take.</summary>
    public virtual string? NarrowEncoding => null;

    /// <summary>Text that is a key, of at most so many characters.</summary>
    public abstract string Key(int length);

    /// <summary>Before the columns of a primary key that is long.</summary>
    public virtual string WideKey => "";

    public abstract string Text { get; }

    public abstract string Bool { get; }

    public abstract string Bytes { get; }

    /// <summary>Behind a table: how text compares, where the database would do it another way.</summary>
    public virtual string TableOptions(string serverVersion) => "";

    /// <summary>An index of some rows, where the database has such.</summary>
    public virtual string Where(string condition) => $" where {condition}";

    /// <summary>Behind a reference that the end of the transaction checks, where the database can.</summary>
    public virtual string Deferred => "";

    /// <summary>An expression: ticks now, at the start of the statement, in UTC.</summary>
    public abstract string Ticks { get; }

    /// <summary>Takes the lock of all who make or change the tables, and selects 1; another number where somebody has it.</summary>
    public abstract string TryLockSchema { get; }

    /// <summary>Asks who has that lock, in words; null where that cannot be told.</summary>
    public virtual string? SchemaLockHolder => null;

    public abstract string UnlockSchema { get; }

    /// <summary>What becomes of the store when the database server is lost.</summary>
    /// <param name="ask">The first column of a query.</param>
    public abstract StoreReplication ReplicationOf(Func<string, IReadOnlyList<string?>> ask);
}
