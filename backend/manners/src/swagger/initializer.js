// Starts Swagger UI over the contract. An access token that arrives in an answer of the sign-in
// operations is put to use at once, so that trying things out needs no copying.
window.onload = function () {
  var ui = window.SwaggerUIBundle({
    url: "../openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    filter: true,
    // Some hundreds of schemas, each drawn before anything can be pressed; every operation shows its own.
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    responseInterceptor: function (response) {
      var path = new URL(response.url, window.location.href).pathname;
      if (path.indexOf("/api/v1/auth/") !== 0) {
        return response;
      }
      var note = document.getElementById("signed-in");
      if (response.ok && response.status === 200) {
        var token = null;
        try {
          token = JSON.parse(response.text || response.data).access_token;
        } catch (notJson) {
          token = null;
        }
        if (token) {
          ui.preauthorizeApiKey("bearer", token);
          note.hidden = false;
        }
      } else if (response.ok && path === "/api/v1/auth/logout") {
        ui.authActions.logout(["bearer"]);
        note.hidden = true;
      }
      return response;
    }
  });
  window.ui = ui;
};
