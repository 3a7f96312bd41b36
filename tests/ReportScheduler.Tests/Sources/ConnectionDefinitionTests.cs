using ReportScheduler.Secrets;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.SqlServer;

namespace ReportScheduler.Tests.Sources;

public sealed class ConnectionDefinitionTests
{
    [Theory]
    // PostgreSQL
    [InlineData("postgresql://ann:pw@db:5433/shop", ReportProvider.PostgreSql, "Host=db;Port=5433;Database=shop", "ann", "pw")]
    [InlineData("postgres://ann@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann", null)]
    [InlineData("postgresql+psycopg2://ann:p%40ss%2Fw%C3%B6rd@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann",
        "p@ss/wörd")]
    [InlineData("postgresql://ann:p@ss/w?rd@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann", "p@ss/w?rd")]
    [InlineData("postgresql://ann:1234@db:5432/shop?application_name=a@b", ReportProvider.PostgreSql,
        "Host=db;Port=5432;Database=shop;Application Name=a@b", "ann", "1234")]
    [InlineData("postgresql://[::1]:5432/shop", ReportProvider.PostgreSql, "Host=::1;Port=5432;Database=shop", null, null)]
    [InlineData("postgresql://u:p@db/shop?sslmode=verify-full&connect_timeout=3&client_encoding=utf8", ReportProvider.PostgreSql,
        "Host=db;Database=shop;SSL Mode=VerifyFull;Timeout=3", "u", "p")]
    [InlineData("postgresql://u:p@db/shop?sslmode=require&channel_binding=require", ReportProvider.PostgreSql,
        "Host=db;Database=shop;SSL Mode=Require;Channel Binding=Require", "u", "p")]
    [InlineData("postgresql://u:p@/shop?host=/var/run/postgresql", ReportProvider.PostgreSql, "Database=shop;Host=/var/run/postgresql", "u",
        "p")]
    [InlineData("Server=db;Database=shop;Username=u;Password='a;b=c'", ReportProvider.PostgreSql, "Host=db;Database=shop", "u", "a;b=c")]
    [InlineData("postgresql:///c", ReportProvider.PostgreSql, "Database=c", null, null)]
    [InlineData("postgresql://ann@/c", ReportProvider.PostgreSql, "Database=c", "ann", null)]
    [InlineData("Database=c;Username=rep", ReportProvider.PostgreSql, "Database=c", "rep", null)]
    [InlineData("postgresql://u@h1:5432,h2:5433/c?target_session_attrs=read-only", ReportProvider.PostgreSql,
        "Host=h1:5432,h2:5433;Database=c;Target Session Attributes=read-only", "u", null)]
    [InlineData("postgresql://u@h1,h2/c?load_balance_hosts=random", ReportProvider.PostgreSql,
        "Host=h1,h2;Database=c;Load Balance Hosts=True", "u", null)]
    [InlineData("postgresql://u@db/c?keepalives=1&keepalives_idle=30&keepalives_interval=5&keepalives_count=3", ReportProvider.PostgreSql,
        "Host=db;Database=c;TCP Keepalive=True;TCP Keepalive Time=30;TCP Keepalive Interval=5", "u", null)]
    [InlineData("postgresql://u@db/c?options=-c%20search_path%3Dsales&gssencmode=disable", ReportProvider.PostgreSql,
        "Host=db;Database=c;Options=\"-c search_path=sales\";GSS Encryption Mode=Disable", "u", null)]
    [InlineData("postgresql://u@db/c?sslmode=verify-ca&sslrootcert=/ca.pem&sslnegotiation=direct", ReportProvider.PostgreSql,
        "Host=db;Database=c;SSL Mode=VerifyCA;Root Certificate=/ca.pem;SSL Negotiation=Direct", "u", null)]
    [InlineData("postgresql://u@db/c?sslrootcert=system&passfile=/p", ReportProvider.PostgreSql,
        "Host=db;Database=c;SSL Mode=VerifyFull;Passfile=/p", "u", null)]
    [InlineData("postgresql://u@db/c?require_auth=scram-sha-256", ReportProvider.PostgreSql, "Host=db;Database=c;Require Auth=ScramSHA256",
        "u", null)]
    // one host: which of several is meant says nothing
    [InlineData("postgresql://u@db/c?target_session_attrs=read-write", ReportProvider.PostgreSql, "Host=db;Database=c", "u", null)]
    [InlineData("postgresql://u@db/c?target_session_attrs=any", ReportProvider.PostgreSql, "Host=db;Database=c", "u", null)]
    [InlineData("postgresql://u@db/c?target_session_attrs=prefer-standby", ReportProvider.PostgreSql, "Host=db;Database=c", "u", null)]
    [InlineData("postgresql:///c?target_session_attrs=primary", ReportProvider.PostgreSql, "Database=c", null, null)]
    [InlineData("postgresql+asyncpg://u@db/c?ssl=require&command_timeout=9", ReportProvider.PostgreSql,
        "Host=db;Database=c;SSL Mode=Require", "u", null)]
    [InlineData("postgresql+asyncpg://u@db/c?ssl=true", ReportProvider.PostgreSql, "Host=db;Database=c;SSL Mode=Require", "u", null)]
    // keywords and values as psql takes them
    [InlineData("host=db port=5433 dbname=shop user=ann", ReportProvider.PostgreSql, "Host=db;Port=5433;Database=shop", "ann", null)]
    [InlineData("dbname=shop", ReportProvider.PostgreSql, "Database=shop", null, null)]
    [InlineData(" host = 'db'  dbname='my shop' user=ann password='it\\'s a=b;c' ", ReportProvider.PostgreSql,
        "Host=db;Database=\"my shop\"", "ann", "it's a=b;c")]
    [InlineData("host=/var/run/postgresql dbname=c sslmode=verify-full connect_timeout=2.5", ReportProvider.PostgreSql,
        "Host=/var/run/postgresql;Database=c;SSL Mode=VerifyFull;Timeout=3", null, null)]
    [InlineData("sqlserver://u@db?app+name=x", ReportProvider.SqlServer, "Data Source=db;Application Name=x", "u", null)]
    // MySQL
    [InlineData("mysql+pymysql://u:p@/shop?unix_socket=/run/mysqld/mysqld.sock", ReportProvider.MySql,
        "Server=/run/mysqld/mysqld.sock;Database=shop", "u", "p")]
    [InlineData("mysql+pymysql://u:p@db/shop?autocommit=true&local_infile=1&program_name=x&read_timeout=30&connect_timeout=2.5&compress=1",
        ReportProvider.MySql, "Server=db;Database=shop;Application Name=x;Connection Timeout=3;Use Compression=True", "u", "p")]
    [InlineData("mysql+pymysql://u:p@db/shop?ssl_verify_identity=true&ssl_ca=/ca.pem&ssl_disabled=false", ReportProvider.MySql,
        "Server=db;Database=shop;SSL Mode=VerifyFull;SSL CA=/ca.pem", "u", "p")]
    [InlineData("mysql+pymysql://u:p@db:3307/shop?charset=utf8mb4", ReportProvider.MySql, "Server=db;Port=3307;Database=shop", "u", "p")]
    [InlineData("mariadb://u:p@db/shop?ssl_mode=VERIFY_IDENTITY", ReportProvider.MySql, "Server=db;Database=shop;SSL Mode=VerifyFull", "u",
        "p")]
    [InlineData("mysql://u@db/shop?ssl_mode=DISABLED", ReportProvider.MySql, "Server=db;Database=shop;SSL Mode=None", "u", null)]
    [InlineData("server=db;uid=u;pwd=p;database=shop", ReportProvider.MySql, "Server=db;Database=shop", "u", "p")]
    // SQL Server
    [InlineData("mssql://u:p@db:1434/shop", ReportProvider.SqlServer, "Data Source=db,1434;Initial Catalog=shop", "u", "p")]
    [InlineData("mssql+pyodbc://u:p@db/shop?driver=ODBC+Driver+17+for+SQL+Server&TrustServerCertificate=yes", ReportProvider.SqlServer,
        "Data Source=db;Initial Catalog=shop;Trust Server Certificate=True", "u", "p")]
    [InlineData("Server=db;Database=shop;User Id=u;Password=p;Encrypt=Optional", ReportProvider.SqlServer,
        "Data Source=db;Initial Catalog=shop;Encrypt=False", "u", "p")]
    [InlineData("sqlserver://u:p@db/INST", ReportProvider.SqlServer, "Data Source=db\\INST", "u", "p")]
    [InlineData("sqlserver://u:p@db/INST?database=shop&encrypt=disable", ReportProvider.SqlServer,
        "Data Source=db\\INST;Initial Catalog=shop;Encrypt=False", "u", "p")]
    [InlineData("sqlserver://u:p@db/INST/shop", ReportProvider.SqlServer, "Data Source=db\\INST;Initial Catalog=shop", "u", "p")]
    [InlineData("mssql://u:p@db/INST/shop", ReportProvider.SqlServer, "Data Source=db\\INST;Initial Catalog=shop", "u", "p")]
    [InlineData("sqlserver://u:p@db\\INST/shop", ReportProvider.SqlServer, "Data Source=db\\INST;Initial Catalog=shop", "u", "p")]
    [InlineData("sqlserver://u:p@db:1434/shop", ReportProvider.SqlServer, "Data Source=db,1434;Initial Catalog=shop", "u", "p")]
    [InlineData("mssql://u:p@db%5CINST/shop", ReportProvider.SqlServer, "Data Source=db\\INST;Initial Catalog=shop", "u", "p")]
    [InlineData(
        "mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BODBC+Driver+18+for+SQL+Server%7D%3BSERVER%3Ddb%2C1434%3BDATABASE%3Dshop%3BUID%3Du%3BPWD%3D%7Ba%3Bb%7D%7Dc%7D%3BEncrypt%3Dyes%3BTrustServerCertificate%3Dyes",
        ReportProvider.SqlServer, "Data Source=db,1434;Initial Catalog=shop;Encrypt=True;Trust Server Certificate=True", "u", "a;b}c")]
    [InlineData("Driver={SQL Server};Server=db;Database=shop;Trusted_Connection=yes;", ReportProvider.SqlServer,
        "Data Source=db;Initial Catalog=shop;Integrated Security=True", null, null)]
    [InlineData("Driver={PostgreSQL Unicode};Server=db;Port=5433;Database=shop;Uid=u;Pwd=p;sslmode=require", ReportProvider.PostgreSql,
        "Host=db;Port=5433;Database=shop;SSL Mode=Require", "u", "p")]
    [InlineData("DRIVER={MySQL ODBC 8.0 Unicode Driver};SERVER=db;DATABASE=shop;UID=u;PWD=p;OPTION=3", ReportProvider.MySql,
        "Server=db;Database=shop", "u", "p")]
    // SQLite
    [InlineData("sqlite:///shop.db?mode=ro&timeout=5", ReportProvider.Sqlite, "Data Source=/here/shop.db;Mode=ReadOnly;Default Timeout=5",
        null, null)]
    [InlineData("sqlite:///shop.db", ReportProvider.Sqlite, "Data Source=/here/shop.db", null, null)]
    [InlineData("sqlite:////data/shop.db", ReportProvider.Sqlite, "Data Source=/data/shop.db", null, null)]
    [InlineData("sqlite:///my%20shop.db", ReportProvider.Sqlite, "Data Source=\"/here/my shop.db\"", null, null)]
    [InlineData("sqlite:///:memory:", ReportProvider.Sqlite, "Data Source=:memory:", null, null)]
    [InlineData("sqlite://", ReportProvider.Sqlite, "Data Source=:memory:", null, null)]
    [InlineData(":memory:", ReportProvider.Sqlite, "Data Source=:memory:", null, null)]
    [InlineData("shop.db", ReportProvider.Sqlite, "Data Source=/here/shop.db", null, null)]
    [InlineData("Data Source=shop.db;Mode=ReadWrite", ReportProvider.Sqlite, "Data Source=/here/shop.db;Mode=ReadWrite", null, null)]
    // a reference
    [InlineData("env:SHOP_URL", ReportProvider.MySql, "env:SHOP_URL", null, null)]
    public void A_connection_is_taken_apart(string text, string provider, string connectionString, string? user, string? password)
    {
        var isUrl = text.Contains("://", StringComparison.Ordinal);
        var parsed = ConnectionDefinition.Parse("db", isUrl ? null : provider, text, path => Path.Combine("/here", path));
        Assert.Equal((provider, connectionString, user, password),
            (parsed.Provider, parsed.ConnectionString, parsed.UserName, parsed.Password));
    }

    [Theory]
    [InlineData("", null, "it is empty")]
    [InlineData("oracle://u:hunter2@db/x", null, "'oracle://' is not known")]
    [InlineData("postgresql://u:hunter2@db:99999/x", null, "there is no port 99999")]
    [InlineData("mysql://u:hunter2@db:0/x", null, "there is no port 0")]
    [InlineData("postgresql://u:hunter2@db:notaport/x", null, "host and port of the URL cannot be read")]
    [InlineData("postgresql://u:hunter2@db/x", ReportProvider.MySql, "it is for PostgreSql, and -Provider says MySql")]
    [InlineData("postgresql://u:hunter2@db/x?sslmod=require", null,
        "PostgreSql does not take the key 'sslmod' or its value; perhaps 'sslmode' is meant.")]
    [InlineData("postgresql://u:hunter2@db/x?sslmode=sometimes", null, "PostgreSql does not take the key 'SSL Mode' or its value")]
    [InlineData("postgresql://u:hu@db?n=ter2@db/x", null, "PostgreSql does not take a key behind the password")]
    [InlineData("postgresql://u:hunter2@db/x?service=erp", null,
        "a report cannot follow its option 'service'; give host, port and database themselves")]
    [InlineData("postgresql://u:hunter2@db/x?target_session_attrs=standby", null,
        "target_session_attrs=standby chooses among several hosts, and it names one")]
    [InlineData("host=db dbname=x user=u password=hunter2 service=erp", null, "a report cannot follow its option 'service'")]
    [InlineData("host=db dbname=x password=hunter2", ReportProvider.MySql, "it is for PostgreSql, and -Provider says MySql")]
    [InlineData("mysql+pymysql://u:hunter2@db/x?init_command=SET+x%3D1", null,
        "a report cannot follow its option 'init_command'; give it with -InitSql")]
    [InlineData("mysql+pymysql://u:hunter2@db/x?sqlmode=ANSI", null, "MySql does not take the key 'sqlmode'")]
    [InlineData("mssql+pyodbc://u:hunter2@erp", null, "'erp' is a DSN")]
    [InlineData("mssql+pyodbc:///?odbc_connect=DSN%3Derp%3BPWD%3Dhunter2", null, "a DSN is known to ODBC's own manager only")]
    [InlineData("DSN=erp;UID=u;PWD=hunter2", ReportProvider.SqlServer, "a DSN is known to ODBC's own manager only")]
    [InlineData("sqlserver://db:1433;database=x;user=u;password=hunter2", null, "'Server=host,1433;Database=shop'")]
    [InlineData("mssql+pymssql://db:1433;database=x;pwd=hunter2", null, "a ; stands behind its host")]
    [InlineData("postgresql://db:5432;password=hunter2", null, "a ; stands behind its host")]
    [InlineData("postgresql://u:hun;ter2@db:notaport/x", null, "host and port of the URL cannot be read")]
    [InlineData("vault:Corp/", ReportProvider.Sqlite, "vault:VAULT/NAME")]
    [InlineData("vault:/Name", ReportProvider.PostgreSql, "vault:VAULT/NAME")]
    [InlineData("jdbc:sqlserver://db:1433;databaseName=x;user=u;password=hunter2", null, "'Server=host,1433;Database=shop'")]
    [InlineData("jdbc:postgresql://db/x?user=u&password=hunter2", null, "it is a URL for Java; leave 'jdbc:' away")]
    [InlineData("JDBC:mysql://db/x?password=hunter2", ReportProvider.MySql, "it is a URL for Java; leave 'jdbc:' away")]
    [InlineData("(localdb)\\x", ReportProvider.PostgreSql, "it is for SqlServer, and -Provider says PostgreSql")]
    [InlineData("Driver={Oracle in OraClient};Dbq=x;Pwd=hunter2", ReportProvider.MySql, "it is for Odbc, and -Provider says MySql")]
    [InlineData("Driver={MariaDB};Server=db;Pwd=hunter2", ReportProvider.SqlServer, "it is for MySql, and -Provider says SqlServer")]
    [InlineData("Server=db:1433;Database=x;Password=hunter2", ReportProvider.SqlServer,
        "SQL Server's port stands behind a comma: 'db,1433'")]
    [InlineData("Server=tcp:db.example.com:1434;Password=hunter2", ReportProvider.SqlServer,
        "SQL Server's port stands behind a comma: 'db.example.com,1434'")]
    [InlineData("Server=db;Port=1434;Database=x", ReportProvider.SqlServer, "'Server=host,1434'")]
    [InlineData("Sevrer=db;Password=hunter2", ReportProvider.SqlServer, "SqlServer does not take the key 'Sevrer'")]
    [InlineData("Server=db;Password=hun;ter2=x", ReportProvider.SqlServer, "SqlServer does not take a key behind the password")]
    [InlineData("Server=db;Password=hunter2;no pair", ReportProvider.SqlServer, "it is not a list of key=value pairs")]
    [InlineData("Host=db;Password=hunter2;SSL Password=hunter2", ReportProvider.PostgreSql, "it holds 'SSL Password' as well")]
    public void A_string_that_cannot_be_used_is_refused_without_showing_it(string text, string? provider, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("erp", provider, text, Path.GetFullPath));
        Assert.Equal(("ConnectionStringNotUsable", ReportErrorCategory.ParserError, (object)"erp"),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server=db;Database=x;TrustServerCertificate=true", ReportProvider.SqlServer)]
    [InlineData("Server=db;Integrated Security=SSPI", ReportProvider.SqlServer)]
    [InlineData("Server=db;Database=x;Encrypt=Strict;User Id=u;Password=p", ReportProvider.SqlServer)]
    [InlineData("Host=db;Database=x;Username=u;Search Path=sales", ReportProvider.PostgreSql)]
    [InlineData("Host=db;Database=x;SSL Mode=VerifyFull;Root Certificate=/ca.pem", ReportProvider.PostgreSql)]
    [InlineData("Server=db;Database=x;Uid=u;Pwd=p;Allow User Variables=true", ReportProvider.MySql)]
    [InlineData("Data Source=shop.db;Mode=ReadOnly", ReportProvider.Sqlite)]
    // from an address that only one has
    [InlineData("(localdb)\\MSSQLLocalDB", ReportProvider.SqlServer)]
    [InlineData("(LocalDB)\\.\\shared", ReportProvider.SqlServer)]
    [InlineData("Server=(localdb)\\v11.0;Database=x", ReportProvider.SqlServer)]
    [InlineData("Data Source=tcp:db,1433;Database=x", ReportProvider.SqlServer)]
    [InlineData("Server=np:db;Database=x", ReportProvider.SqlServer)]
    [InlineData("Server=db\\PROD;Database=x", ReportProvider.SqlServer)]
    [InlineData("Data Source=db, 1434;Database=x", ReportProvider.SqlServer)]
    [InlineData("Server=db.example.com,1433;Database=x;User Id=u", ReportProvider.SqlServer)]
    // from a port that only one has by default
    [InlineData("Host=db;Port=5432;Database=x;Username=u", ReportProvider.PostgreSql)]
    [InlineData("Server=db;Port=5432;Database=x;User Id=u", ReportProvider.PostgreSql)]
    [InlineData("Server=db;Port=3306;Database=x;User Id=u", ReportProvider.MySql)]
    public void The_provider_is_told_from_keys_that_only_one_has(string text, string provider) =>
        Assert.Equal(provider, ConnectionDefinition.Parse("erp", null, text, Path.GetFullPath).Provider);

    [Theory]
    [InlineData("db", "db", 1433, null)]
    [InlineData("db,1434", "db", 1434, null)]
    [InlineData("tcp:db , 1434", "db", 1434, null)]
    [InlineData("(local)", "localhost", 1433, null)]
    [InlineData(".", "localhost", 1433, null)]
    [InlineData("::1,1434", "::1", 1434, null)]
    [InlineData("[::1],1434", "::1", 1434, null)]
    [InlineData("db\\INST,1434", "db", 1434, null)]
    // the browser or the client itself knows the port
    [InlineData("db\\INST", null, 0, null)]
    [InlineData("admin:db", null, 0, null)]
    // Windows only
    [InlineData("np:db", null, 0, "a named pipe")]
    [InlineData(@"np:\\db\pipe\sql\query", null, 0, "a named pipe")]
    [InlineData(@"\\.\pipe\sql\query", null, 0, "a named pipe")]
    [InlineData("lpc:db", null, 0, "shared memory")]
    [InlineData("(localdb)\\MSSQLLocalDB", null, 0, "LocalDB")]
    public void A_port_is_tried_only_where_it_is_known(string source, string? host, int port, string? windowsOnly)
    {
        var parsed = SqlServerSource.Parse(source);
        Assert.Equal((host is null ? null : ((string, int)?)(host, port), windowsOnly), (parsed.Endpoint, parsed.WindowsOnly));
    }

    [Theory]
    [InlineData("Server=erp01:1433;Database=erp", "'erp01,1433'")]
    [InlineData("Data Source=10.0.0.7:1433;Database=erp;User Id=sa", "'10.0.0.7,1433'")]
    [InlineData("Server=erp01;Port=1433;Database=erp", "'Server=host,1433'")]
    public void A_port_as_the_others_write_it_is_told_how_SQL_Server_does(string text, string words) => Assert.Contains(
        words, Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("erp", null, text, Path.GetFullPath)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Server=db;Database=x")]
    [InlineData("Server=db;Port=7777;Database=x")]
    [InlineData("Server=db;Database=1433")]
    [InlineData("env:X")]
    public void A_provider_that_cannot_be_told_is_asked_for(string text) => Assert.Equal(
        "ProviderNeeded", Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("erp", null, text, Path.GetFullPath)).ErrorId);

    [Theory]
    [InlineData("PW=pa$word", "pa$word")]
    [InlineData("PW='pa$word'", "pa$word")]
    [InlineData("PW=\"pa$word\"", "pa$word")]
    [InlineData("export PW=a=b;c", "a=b;c")]
    [InlineData("PW=one\nPW=two", "two")]
    [InlineData("# said\r\nPW=x # why\r\n", "x")]
    public void A_reference_is_read_from_a_file_and_leaves_the_environment_alone(string content, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, content);
            Assert.Equal(expected, SecretReference.Resolve("env:PW", file, null));
            Assert.Null(Environment.GetEnvironmentVariable("PW"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("PW='hunter2'x", "EnvFileNotUsable", "line 1 ")]
    [InlineData("hunter2: {\n", "EnvFileNotUsable", "line 1 ")]
    // what cannot be read is one line of a file with others
    [InlineData("A=1\nPW='hunter2'x", "ReferenceNotSet", "line 2 cannot be read")]
    [InlineData("A=hunter2", "ReferenceNotSet", "none in the .env file")]
    [InlineData("", "ReferenceNotSet", "none in the .env file")]
    public void A_file_without_the_value_is_refused_without_showing_it(string content, string errorId, string words)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, content);
            var problem = Assert.Throws<ReportException>(() => SecretReference.Resolve("env:PW", file, null));
            Assert.Equal(errorId, problem.ErrorId);
            Assert.Contains($"'{file}'", problem.Message, StringComparison.Ordinal);
            Assert.Contains(words, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
