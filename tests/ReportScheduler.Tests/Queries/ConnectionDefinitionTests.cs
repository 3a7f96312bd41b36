using ReportScheduler.Queries;

namespace ReportScheduler.Tests.Queries;

public sealed class ConnectionDefinitionTests
{
    [Theory]
    // PostgreSQL
    [InlineData("postgresql://ann:pw@db:5433/shop", ReportProvider.PostgreSql, "Host=db;Port=5433;Database=shop", "ann", "pw")]
    [InlineData("postgres://ann@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann", null)]
    [InlineData("postgresql+psycopg2://ann:p%40ss%2Fw%C3%B6rd@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann", "p@ss/wörd")]
    [InlineData("postgresql://ann:p@ss/w?rd@db/shop", ReportProvider.PostgreSql, "Host=db;Database=shop", "ann", "p@ss/w?rd")]
    [InlineData("postgresql://ann:1234@db:5432/shop?application_name=a@b", ReportProvider.PostgreSql, "Host=db;Port=5432;Database=shop;Application Name=a@b", "ann", "1234")]
    [InlineData("postgresql://[::1]:5432/shop", ReportProvider.PostgreSql, "Host=::1;Port=5432;Database=shop", null, null)]
    [InlineData("postgresql://u:p@db/shop?sslmode=verify-full&connect_timeout=3&client_encoding=utf8", ReportProvider.PostgreSql, "Host=db;Database=shop;SSL Mode=VerifyFull;Timeout=3", "u", "p")]
    [InlineData("postgresql://u:p@db/shop?sslmode=require&channel_binding=require", ReportProvider.PostgreSql, "Host=db;Database=shop;SSL Mode=Require;Channel Binding=Require", "u", "p")]
    [InlineData("postgresql://u:p@/shop?host=/var/run/postgresql", ReportProvider.PostgreSql, "Database=shop;Host=/var/run/postgresql", "u", "p")]
    [InlineData("Server=db;Database=shop;Username=u;Password='a;b=c'", ReportProvider.PostgreSql, "Host=db;Database=shop", "u", "a;b=c")]
    // MySQL
    [InlineData("mysql+pymysql://u:p@db:3307/shop?charset=utf8mb4", ReportProvider.MySql, "Server=db;Port=3307;Database=shop", "u", "p")]
    [InlineData("mariadb://u:p@db/shop?ssl_mode=VERIFY_IDENTITY", ReportProvider.MySql, "Server=db;Database=shop;SSL Mode=VerifyFull", "u", "p")]
    [InlineData("mysql://u@db/shop?ssl_mode=DISABLED", ReportProvider.MySql, "Server=db;Database=shop;SSL Mode=None", "u", null)]
    [InlineData("server=db;uid=u;pwd=p;database=shop", ReportProvider.MySql, "Server=db;Database=shop", "u", "p")]
    // SQL Server
    [InlineData("mssql://u:p@db:1434/shop", ReportProvider.SqlServer, "Data Source=db,1434;Initial Catalog=shop", "u", "p")]
    [InlineData("mssql+pyodbc://u:p@db/shop?driver=ODBC+Driver+17+for+SQL+Server&TrustServerCertificate=yes", ReportProvider.SqlServer, "Data Source=db;Initial Catalog=shop;Trust Server Certificate=True", "u", "p")]
    [InlineData("Server=db;Database=shop;User Id=u;Password=p;Encrypt=Optional", ReportProvider.SqlServer, "Data Source=db;Initial Catalog=shop;Encrypt=False", "u", "p")]
    // SQLite
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
    public void A_connection_is_taken_apart(string text, ReportProvider provider, string connectionString, string? user, string? password)
    {
        var isUrl = text.Contains("://", StringComparison.Ordinal);
        var parsed = ConnectionDefinition.Parse("db", isUrl ? null : provider, text, path => Path.Combine("/here", path));
        Assert.Equal((provider, connectionString, user, password), (parsed.Provider, parsed.ConnectionString, parsed.UserName, parsed.Password));
    }

    [Theory]
    [InlineData("", null, "it is empty")]
    [InlineData("oracle://u:hunter2@db/x", null, "'oracle://' is not known")]
    [InlineData("postgresql://u:hunter2@db:99999/x", null, "there is no port 99999")]
    [InlineData("mysql://u:hunter2@db:0/x", null, "there is no port 0")]
    [InlineData("postgresql://u:hunter2@db:notaport/x", null, "host and port of the URL cannot be read")]
    [InlineData("postgresql://u:hunter2@db/x", ReportProvider.MySql, "it is for PostgreSql, and -Provider says MySql")]
    [InlineData("postgresql://u:hunter2@db/x?sslmod=require", null, "PostgreSql does not take a key behind the password")]
    [InlineData("Sevrer=db;Password=hunter2", ReportProvider.SqlServer, "SqlServer does not take the key 'Sevrer'")]
    [InlineData("Server=db;Password=hun;ter2=x", ReportProvider.SqlServer, "SqlServer does not take a key behind the password")]
    [InlineData("Server=db;Password=hunter2;no pair", ReportProvider.SqlServer, "it is not a list of key=value pairs")]
    [InlineData("Host=db;Password=hunter2;SSL Password=hunter2", ReportProvider.PostgreSql, "it holds 'SSL Password' as well")]
    public void A_string_that_cannot_be_used_is_refused_without_showing_it(string text, ReportProvider? provider, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("erp", provider, text, Path.GetFullPath));
        Assert.Equal(("ConnectionStringNotUsable", ReportErrorCategory.ParserError, (object)"erp"), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server=db;Database=x")]
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
            Assert.Equal(expected, SecretReference.Resolve("env:PW", file));
            Assert.Null(Environment.GetEnvironmentVariable("PW"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_no_env_file_is_refused_without_showing_it()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "A=1\nPW='hunter2'x");
            var problem = Assert.Throws<ReportException>(() => SecretReference.Resolve("env:PW", file));
            Assert.Equal(("EnvFileNotUsable", (object)file), (problem.ErrorId, problem.ErrorTarget));
            Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
