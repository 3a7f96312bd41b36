using System.Data;
using System.Data.Common;
using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers;

/// <summary>One kind of database: its names, how its address is written, how a session is
/// opened and stopped, what its values and its errors mean.</summary>
/// <remarks>
/// A new kind is a type derived from this one, in a folder of its own, and a line in the list of providers. What is not overridden is as
/// most databases have it. No field and no signature names a type of the client, so that a client is loaded when its first
/// connection is opened and not before.
/// </remarks>
internal abstract class DatabaseProvider
{
    /// <summary>The name, in parameters, stores and exported files.</summary>
    public abstract string Name { get; }

    /// <summary>How its makers write it.</summary>
    public virtual string Title => Name;

    /// <summary>Other names under which people look for it.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The schemes of its URLs.</summary>
    public virtual IReadOnlyList<string> Schemes => [];

    /// <summary>What the options of its URLs mean.</summary>
    public virtual UrlOptions UrlOptions => UrlOptions.None;

    /// <summary>Words in the names of ODBC drivers for it: the settings for one are settings for this provider as well.</summary>
    public virtual IReadOnlyList<string> OdbcDrivers => [];

    /// <summary>Keys of ODBC connection strings that are called otherwise here than in most.</summary>
    public virtual IReadOnlyDictionary<string, string> OdbcKeys => new Dictionary<string, string>();

    /// <summary>Whether its connection strings are those of ODBC's manager, with values in {braces} and drivers' own keys.</summary>
    public virtual bool HasOdbcSettings => false;

    /// <summary>Whether there is a server to log in to, or only a file.</summary>
    public bool HasServer => FileSetting is null;

    /// <summary>The setting with the path of a database that is one file; null where a server has the databases.</summary>
    public virtual string? FileSetting => null;

    /// <summary>The key of the user's name; null when there are no users.</summary>
    public virtual string? UserKey => "User ID";

    /// <summary>The key of the password.</summary>
    public virtual string PasswordKey => "Password";

    /// <summary>How a server's certificate that is not trusted can come to be.</summary>
    public virtual string CertificateRemedy => "Install its issuer on this computer, or use the name that the certificate is for";

    /// <summary>The setting under which the line is encrypted and the certificate is
    /// taken whoever issued it; null when there is none.</summary>
    public virtual (string Key, string Value)? TrustSetting => null;

    /// <summary>Whether a date that is worked out comes as text, whatever the columns in it are declared to be.</summary>
    public virtual bool HasDatesAsText => false;

    /// <summary>How it takes the token of an identity.</summary>
    public virtual TokenUse Tokens => TokenUse.None;

    /// <summary>Whether a parameter may be a whole list; otherwise each of its values is a parameter.</summary>
    public virtual bool TakesArrays => false;

    /// <summary>How many parameters a statement may have; null where that is not known, or where there is no limit.</summary>
    public virtual int? MostParameters => null;

    /// <summary>Whether @day and @Day are two parameters.</summary>
    public virtual bool IsCaseSensitive => false;

    /// <summary>The client.</summary>
    protected abstract DbProviderFactory Client { get; }

    /// <summary>The settings of a connection string.</summary>
    /// <exception cref="ArgumentException">It does not know a key, or cannot read a value.</exception>
    public virtual DbConnectionStringBuilder Settings(string connectionString = "")
    {
        var settings = Client.CreateConnectionStringBuilder()!;
        settings.ConnectionString = connectionString;
        return settings;
    }

    /// <summary>Whether a text without a provider can only be meant for this one; naming another one is then a mistake.</summary>
    public virtual bool Claims(string text) => false;

    /// <summary>Whether a text without a provider is most likely meant for this one, as one that is the path of its file.</summary>
    public virtual bool Means(string text, Func<string, string> fullPath) => false;

    /// <summary>The key whose value a text without any key is; null when a text needs keys.</summary>
    public virtual string? BareKey(string text) => null;

    /// <summary>Whether a setting can be one of this provider; for telling the provider from the keys.</summary>
    public virtual bool Takes(string key, string value)
    {
        try
        {
            Settings()[key] = value;
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException
            or KeyNotFoundException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether only this one has servers that are called like that.</summary>
    public virtual bool IsOwnAddress(string server) => false;

    /// <summary>The port of its servers where nobody chose another; null when there is none.</summary>
    public virtual int? UsualPort => null;

    /// <summary>The settings for the place that a URL names, its options apart. One without a value is left out.</summary>
    public virtual IEnumerable<(string Key, string Value)> Place(ConnectionUrl url) =>
    [
        ("Host", url.Host), ("Port", url.Port ?? ""), (UserKey ?? "", url.User ?? ""), (PasswordKey, url.Password ?? ""),
        ("Database", url.Database ?? ""),
    ];

    /// <summary>The settings for a server and a database that were given by themselves. One without a value is left out.</summary>
    /// <param name="server">Host, with its port.</param>
    /// <param name="database">The database; null for the login's own.</param>
    /// <param name="asAccount">No login is given.</param>
    public virtual IEnumerable<(string Key, string Value)> Place(string server, string? database, bool asAccount)
    {
        // an IPv6 address has more than one colon
        var hasPort = server.Count(sign => sign == ':') == 1;
        var colon = server.IndexOf(':', StringComparison.Ordinal);
        return [("Server", hasPort ? server[..colon] : server), ("Port", hasPort ? server[(colon + 1)..] : ""),
            ("Database", database ?? "")];
    }

    /// <summary>Puts another server, with its port where one is given, into settings.</summary>
    /// <returns>False when there is no server in them.</returns>
    public virtual bool MoveTo(DbConnectionStringBuilder settings, string server)
    {
        if (!HasServer)
        {
            return false;
        }

        foreach (var (key, value) in Place(server, null, asAccount: false).Where(setting => setting.Value.Length > 0))
        {
            settings[key] = value;
        }

        return true;
    }

    /// <summary>Why a setting that the client refused cannot be used, where more can be said than that.</summary>
    public virtual string? Refusal(string key, string value) => null;

    /// <summary>Settings and their values in a form of the database's own programs, with the
    /// names that its URLs have; null for a text of another form.</summary>
    public virtual IReadOnlyList<(string Key, string Value)>? OwnForm(string text) => null;

    /// <summary>What is wrong with settings that the client takes; null for nothing. One
    /// that says nothing together with the others is taken out.</summary>
    public virtual string? Mistake(DbConnectionStringBuilder settings) => null;

    /// <summary>Makes paths among the settings full ones.</summary>
    /// <returns>What a person should know about them; null for nothing.</returns>
    public virtual string? Locate(DbConnectionStringBuilder settings, Func<string, string> fullPath) => null;

    /// <summary>Server and database, as people may see them.</summary>
    public abstract (string Server, string? Database) Describe(DbConnectionStringBuilder settings);

    /// <summary>The database of a login that names none; null where only the server knows.</summary>
    public virtual string? DefaultDatabase(string? user) => null;

    /// <summary>What a connection to the place may be called.</summary>
    public virtual string ShortName(string server, string? database) => database ?? server;

    /// <summary>Host and port to try before the client does; null for what is no plain TCP address.</summary>
    public virtual (string Host, int Port)? Endpoint(DbConnectionStringBuilder settings) => null;

    /// <exception cref="ReportException">The place cannot be reached from this computer, whatever its state.</exception>
    public virtual void CheckPlace(DbConnectionStringBuilder settings)
    {
    }

    /// <summary>A closed connection. What the connection string says itself wins over the defaults.</summary>
    /// <exception cref="ReportException">The client cannot be used on this computer.</exception>
    public virtual DbConnection Connect(SessionRequest request)
    {
        var settings = Plain(request);
        foreach (var (key, value) in Defaults(request))
        {
            if (value is not null && !settings.ContainsKey(key))
            {
                settings[key] = value;
            }
        }

        var connection = Client.CreateConnection()!;
        connection.ConnectionString = settings.ConnectionString;
        SignIn(connection, request);
        return connection;
    }

    /// <exception cref="ReportException">A session cannot be opened for reading only.</exception>
    /// <param name="name">The connection's name.</param>
    /// <param name="settings">Those of its connection string.</param>
    public virtual void CheckReadOnly(string name, DbConnectionStringBuilder settings)
    {
    }

    /// <summary>What is run in a session that may only read, after its own SQL and before the query.</summary>
    /// <param name="name">The connection's name.</param>
    /// <param name="connection">The open session.</param>
    /// <exception cref="ReportException">Nobody knows how the database behind it is told that.</exception>
    public virtual IReadOnlyList<string> ReadOnlySql(string name, DbConnection connection) => [];

    /// <summary>The statement of a query that writes, or lets the session write again, where the server
    /// would let it although the session may only read; null for none.</summary>
    public virtual string? Writes(SqlText text) => ReadOnlyEscape.Find(text);

    /// <summary>Finds out that an open connection is one.</summary>
    public virtual void Verify(DbConnection connection)
    {
    }

    /// <summary>Has a session compare dates with instants, and show instants as text, in a zone, unless its settings name
    /// another.</summary>
    /// <param name="connection">The open session.</param>
    /// <param name="zone">The IANA id.</param>
    public virtual void UseZone(DbConnection connection, string zone)
    {
    }

    /// <summary>Closes what a query must not reach, when the session's own SQL has run.</summary>
    public virtual void Guard(DbConnection connection)
    {
    }

    /// <summary>Passes on what the server says beside the rows from now on, on the client's thread.</summary>
    public virtual void Listen(DbConnection connection, Action<string> tell)
    {
    }

    /// <summary>Asks for what the server has to say about the query that has just ended, where the client does not pass it on.</summary>
    public virtual void Ask(DbConnection connection, Action<string> tell)
    {
    }

    /// <summary>Stops a command on the server, from another thread.</summary>
    public virtual void Cancel(IDbCommand command) => command.Cancel();

    /// <summary>Closes a connection, with what it needed.</summary>
    public virtual void Close(DbConnection connection) => connection.Dispose();

    /// <summary>Takes a query apart.</summary>
    public virtual SqlText Read(string sql) => new([Plain(Lexer, sql)]);

    /// <summary>A batch with a parameter wherever the text has one that is given.</summary>
    public virtual BoundBatch Bind(SqlBatch batch, IReadOnlyList<ReportParameter> parameters) =>
        ListParameters.Bind(batch, parameters, TakesArrays, IsCaseSensitive);

    /// <summary>A parameter's value in the type that the client binds without guessing.</summary>
    public virtual object? Value(ReportParameter parameter) => parameter.Value switch
    {
        ulong number => number <= long.MaxValue ? (long)number : (decimal)number,
        char letter => letter.ToString(),
        var value => value,
    };

    /// <summary>Corrects the client's own mapping of a value, where that is not exact.</summary>
    public virtual void Adjust(IDbDataParameter parameter)
    {
    }

    /// <summary>Readies a command that is complete and about to run.</summary>
    public virtual void Prepare(IDbCommand command)
    {
    }

    /// <summary>A reader at a result, or one over it that gives exact values where the client's own does not.</summary>
    /// <param name="reader">The client's reader.</param>
    /// <param name="command">What it reads.</param>
    public virtual DbDataReader Exactly(DbDataReader reader, IDbCommand command) => reader;

    /// <summary>How a column is read without losing what its values mean.</summary>
    public virtual PreciseValue Exact(DbDataReader reader, int column) => new(reader.GetFieldType(column));

    /// <summary>The one document that a result is in pieces of; null for a result of rows.</summary>
    public virtual IJoinedDocument? Joined(DbDataReader reader) => null;

    /// <summary>Finds out the columns of a query.</summary>
    public virtual QueryTrial Trial(TrialRequest request) => new UntriedQuery(request, $"{Name} can tell them only by running it");

    /// <summary>What it means that connecting went wrong.</summary>
    public virtual DatabaseFault ConnectFault(Exception problem) => DatabaseFault.Other;

    /// <summary>What it means that a query went wrong.</summary>
    public virtual DatabaseFault QueryFault(Exception problem) => BrokenLine.Is(problem) ? DatabaseFault.Lost : DatabaseFault.Other;

    /// <summary>Whether connecting again a little later may work.</summary>
    public virtual bool IsTransient(Exception problem) =>
        problem is DbException { IsTransient: true } or TimeoutException || QueryFault(problem) == DatabaseFault.Lost;

    /// <summary>The error of a connection that only this kind of database has; null
    /// to have it judged by <see cref="ConnectFault"/>.</summary>
    public virtual ReportException? Explain(Exception problem, string server, DbConnectionStringBuilder settings) => null;

    /// <summary>The client's words, with the number by which administrators look them up.</summary>
    public virtual string Detail(Exception problem) => SecretErrors.OneLine(problem);

    /// <summary>What to look for beside the SQL text when a query was refused; empty for nothing.</summary>
    public virtual string Hint(Exception problem) => "";

    /// <summary>Takes SQL text apart.</summary>
    public abstract SqlLexer Lexer { get; }

    /// <summary>Gives a closed connection what it signs in with beside its connection string.</summary>
    protected virtual void SignIn(DbConnection connection, SessionRequest request)
    {
    }

    /// <summary>The settings that a session has unless the connection string says otherwise; one without a value is left out.</summary>
    protected virtual IEnumerable<(string Key, string? Value)> Defaults(SessionRequest request) =>
        [(UserKey ?? "", UserKey is null ? null : request.User), (PasswordKey, request.Password)];

    /// <summary>The settings by their names alone, so that none is dropped that the client would leave at its own default.</summary>
    protected virtual DbConnectionStringBuilder Plain(SessionRequest request) => new() { ConnectionString = request.ConnectionString };

    /// <summary>A batch with no variables but its parameters.</summary>
    protected static SqlBatch Plain(SqlLexer lexer, string sql)
    {
        var tokens = lexer.Read(sql);
        return new SqlBatch(sql, 1, tokens, [.. tokens.Where(token => token.IsVariable)])
        {
            Needed = tokens.Where(token => token.Kind == SqlTokenKind.Variable).Select(token => token.Text)
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>A setting that the client knows, as text.</summary>
    protected static string Text(DbConnectionStringBuilder settings, string key) => settings[key]?.ToString() ?? "";

    /// <summary>A setting as text; null when it is empty.</summary>
    protected static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Host and port in one. Several hosts may have a port each, and the colons of an IPv6 address are none.</summary>
    protected static string Address(string host, int port) =>
        host.Contains(',', StringComparison.Ordinal) && host.Contains(':', StringComparison.Ordinal) ? host
        : host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]:{port}"
        : $"{host}:{port}";

    /// <summary>The setting of that name as a port.</summary>
    protected static int Port(DbConnectionStringBuilder settings) => Convert.ToInt32(settings["Port"], CultureInfo.InvariantCulture);
}
